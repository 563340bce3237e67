using Microsoft.AspNetCore.SignalR;

namespace HubServer;

/// <summary>What test/bench/signalr measures; the same work as its Node hub.</summary>
public sealed class BenchHub : Hub
{
    public string Echo(string value) => value;

    /// <summary>Sends so many messages to all connections, with a pause in milliseconds after each.</summary>
    public async Task Fan(int count, int pause, string payload)
    {
        for (var n = 0; n < count; n++)
        {
            await Clients.All.SendAsync("event", n, payload);
            if (pause > 0) await Task.Delay(pause);
        }
    }
}

using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace HubClient;

/// <summary>What Microsoft's .NET client must be able to do, over every transport.</summary>
static class Checks
{
    public static readonly (string Name, Func<Client, Task> Run)[] All =
    [
        ("invoke", client => Started(client, async hub =>
        {
            Equal(3, await hub.InvokeAsync<int>("Add", 1, 2));
            Equal("smørrebrød 🍞\r\n", await hub.InvokeAsync<string>("Echo", "smørrebrød 🍞\r\n"));
            await hub.InvokeAsync("Void");
        })),
        ("send and receive", client => Started(client, async hub =>
        {
            var received = Channel.CreateUnbounded<int>();
            hub.On<int>("tick", n => received.Writer.TryWrite(n));
            await hub.SendAsync("CallBack", "tick", 3);
            for (var n = 1; n <= 3; n++) Equal(n, await received.Reader.ReadAsync());
        })),
        ("errors", client => Started(client, async hub =>
        {
            var shown = await Throws<HubException>(() => hub.InvokeAsync("ThrowHubError", "for a reason"));
            Equal(true, shown.Message.EndsWith("HubException: for a reason"));
            var hidden = await Throws<HubException>(() => hub.InvokeAsync("Throw", "secret"));
            Equal(false, hidden.Message.Contains("secret"));
            await Throws<HubException>(() => hub.InvokeAsync("Nope"));
            await Throws<HubException>(() => hub.InvokeAsync("Secret"));
        })),
        ("stream from the server", client => Started(client, async hub =>
        {
            var sum = 0;
            await foreach (var n in hub.StreamAsync<int>("StreamCount", 100)) sum += n;
            Equal(5050, sum);
        })),
        ("cancel a stream", client => Started(client, async hub =>
        {
            using var cancel = new CancellationTokenSource();
            var count = 0;
            await Throws<OperationCanceledException>(async () =>
            {
                await foreach (var _ in hub.StreamAsync<int>("StreamEndless", "net", cancel.Token))
                    if (++count == 3) cancel.Cancel();
            });
            Equal(1, await hub.InvokeAsync<int>("Echo", 1));
        })),
        ("stream to the server", client => Started(client, async hub =>
        {
            static async IAsyncEnumerable<string> Words()
            {
                for (var n = 0; n < 30; n++)
                {
                    await Task.Yield();
                    yield return $"{n} ";
                }
            }
            Equal(string.Concat(Enumerable.Range(0, 30).Select(n => $"{n} ")),
                await hub.InvokeAsync<string>("Upload", Words()));
        })),
        ("client result", client => Started(client, async hub =>
        {
            hub.On<int, int>("question", n => n * 2);
            Equal(10, await hub.InvokeAsync<int>("AskClient", "question", 5));
        })),
        ("closed by the server", client => Started(client, async hub =>
        {
            var closed = new TaskCompletionSource<Exception?>();
            hub.Closed += error => { closed.SetResult(error); return Task.CompletedTask; };
            await hub.SendAsync("Abort");
            Equal(null, await closed.Task);
        })),
        ("automatic reconnect", client => Started(client, async hub =>
        {
            var again = new TaskCompletionSource();
            hub.Reconnected += _ => { again.SetResult(); return Task.CompletedTask; };
            client.Cut();
            await again.Task;
            Equal("back", await hub.InvokeAsync<string>("Echo", "back"));
        })),
    ];

    static async Task Started(Client client, Func<HubConnection, Task> check)
    {
        await client.Hub.StartAsync();
        await check(client.Hub);
        await client.Hub.DisposeAsync();
    }

    static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"expected {expected}, got {actual}");
    }

    static async Task<T> Throws<T>(Func<Task> run) where T : Exception
    {
        try
        {
            await run();
        }
        catch (T error)
        {
            return error;
        }
        throw new InvalidOperationException($"expected {typeof(T).Name}");
    }
}

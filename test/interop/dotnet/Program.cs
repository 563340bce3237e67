using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using HubClient;

// Usage: HubClient URL-of-the-hub. Prints one JSON line per check.
var hub = new Uri(args[0]);
const string Token = "token-a";
var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 100 });
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
var address = new Address(hub, Token, http);

var transports = new Dictionary<string, Func<CuttableTransport>>
{
    ["WebSockets"] = () => new WebSocketTransport(address, negotiates: true),
    ["WebSockets without negotiation"] = () => new WebSocketTransport(address, negotiates: false),
    ["ServerSentEvents"] = () => new ServerSentEventsTransport(address),
    ["LongPolling"] = () => new LongPollingTransport(address),
};

foreach (var (transport, open) in transports)
{
    foreach (var (check, run) in Checks.All)
    {
        string? failure = null;
        try
        {
            await run(new Client(open)).WaitAsync(TimeSpan.FromSeconds(15));
        }
        catch (Exception error)
        {
            failure = $"{error.GetType().Name}: {error.Message}";
        }
        Console.WriteLine(JsonSerializer.Serialize(new { transport, check, failure }));
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

var hubAddress = new Uri(args.Length > 0 ? args[0] : "http://127.0.0.1:8080");
var password = Convert.ToBase64String(Encoding.UTF8.GetBytes("demo:demo"));
using var http = new HttpClient { BaseAddress = hubAddress };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", password);

// A token opens the hub for ten minutes, so each connection asks for one of its own.
async Task<Login> LogInAsync() =>
    await http.GetFromJsonAsync<Login>("/token/me/rte/") ?? throw new IOException("no login");

var hubUrl = (await LogInAsync()).Url;
await using var hub = new HubConnectionBuilder()
    // With snapshot=1 the hub sends the present state of what one subscribes to.
    .WithUrl($"{hubUrl}?snapshot=1", options =>
        options.AccessTokenProvider = async () => (await LogInAsync()).Token)
    .WithAutomaticReconnect(new RetryForEver())
    .Build();

hub.On<JsonElement>("MessageReceived", message => Console.WriteLine(message.GetProperty("data")));

// Subscriptions end with their connection.
async Task SubscribeAsync()
{
    var results = await hub.InvokeAsync<JsonElement>("Subscribe", new[]
    {
        new EntitySubscription("*", "QueueStatus"),
        new EntitySubscription("*", "UserStatus"),
    });
    Console.WriteLine($"subscriptions: {results}");
}
hub.Reconnected += _ => SubscribeAsync();

await hub.StartAsync();
await SubscribeAsync();
await Task.Delay(Timeout.Infinite);

record Login(string Url, string Token);

record EntitySubscription(string EntityId, string EventName);

class RetryForEver : IRetryPolicy
{
    public TimeSpan? NextRetryDelay(RetryContext context) =>
        TimeSpan.FromSeconds(1 + 4 * Random.Shared.NextDouble());
}

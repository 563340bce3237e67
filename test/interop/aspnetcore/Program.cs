using HubServer;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

const string AllowedOrigin = "https://app.example";

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services
    .AddAuthentication(TokenAuthentication.Scheme)
    .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
builder.Services.AddAuthorization();
builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy =>
    policy.WithOrigins(AllowedOrigin).AllowAnyHeader().AllowAnyMethod().AllowCredentials()));
builder.Services.AddConnections(connections => connections.DisconnectTimeout = TimeSpan.FromSeconds(3));
builder.Services.AddSignalR()
    .AddHubOptions<BriefHub>(brief =>
    {
        brief.HandshakeTimeout = TimeSpan.FromSeconds(2);
        brief.KeepAliveInterval = TimeSpan.FromSeconds(2);
        brief.ClientTimeoutInterval = TimeSpan.FromSeconds(2);
    });

var app = builder.Build();
var webSockets = new Microsoft.AspNetCore.Builder.WebSocketOptions();
webSockets.AllowedOrigins.Add(AllowedOrigin);
app.UseCors();
app.UseWebSockets(webSockets);
app.UseAuthentication();
app.UseAuthorization();

app.MapHub<TestHub>("/hub", hub => hub.AllowStatefulReconnects = true).RequireAuthorization();
app.MapHub<BriefHub>("/brief", hub =>
{
    hub.LongPolling.PollTimeout = TimeSpan.FromSeconds(2);
    hub.CloseOnAuthenticationExpiration = true;
    hub.AllowStatefulReconnects = true;
}).RequireAuthorization();
app.MapHub<TestHub>("/web-sockets-only", hub => hub.Transports = HttpTransportType.WebSockets)
    .RequireAuthorization();
app.MapHub<RejectingHub>("/rejecting").RequireAuthorization();
app.MapPost("/redirecting/negotiate", (HttpRequest request) => Results.Json(new
{
    url = $"http://{request.Host}/hub",
    accessToken = "token-a",
}));
app.MapHub<BenchHub>("/bench");
app.MapPost("/shutdown", (IHostApplicationLifetime lifetime) => lifetime.StopApplication());

app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"listening {app.Urls.First()}"));
app.Run();

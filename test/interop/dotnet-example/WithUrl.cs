using System.Net;
using System.Net.Http.Headers;
using HubClient;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;

namespace Microsoft.AspNetCore.Http.Connections.Client
{
    /// <summary>Of Microsoft's options of that name what the example uses.</summary>
    public sealed class HttpConnectionOptions
    {
        /// <summary>Asked for each connection.</summary>
        public Func<Task<string?>>? AccessTokenProvider { get; set; }
    }
}

namespace Microsoft.AspNetCore.SignalR.Client
{
    /// <summary>In the place of Microsoft's extension of that name and signature.</summary>
    public static class HubConnectionBuilderHttpExtensions
    {
        public static IHubConnectionBuilder WithUrl(
            this IHubConnectionBuilder builder, string url, Action<HttpConnectionOptions> configure)
        {
            var options = new HttpConnectionOptions();
            configure(options);
            builder.Services.AddSingleton<EndPoint>(new DnsEndPoint("unused", 0));
            builder.Services.AddSingleton<IConnectionFactory>(new Connecting(new Uri(url), options));
            return builder;
        }
    }

    sealed class Connecting(Uri hub, HttpConnectionOptions options) : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint _, CancellationToken cancel)
        {
            var token = options.AccessTokenProvider is { } provide ? await provide() : null;
            var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var transport = new WebSocketTransport(new Address(hub, token ?? "", http), negotiates: true);
            await transport.StartAsync(cancel);
            return transport;
        }
    }
}

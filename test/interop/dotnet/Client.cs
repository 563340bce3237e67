using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace HubClient;

/// <summary>Microsoft's HubConnection over transports that a check can cut.</summary>
sealed class Client : IConnectionFactory
{
    readonly Func<CuttableTransport> open;
    CuttableTransport? last;

    public Client(Func<CuttableTransport> open)
    {
        this.open = open;
        var builder = new HubConnectionBuilder()
            .WithAutomaticReconnect([TimeSpan.Zero, TimeSpan.FromMilliseconds(200)]);
        builder.Services.AddSingleton<IConnectionFactory>(this);
        builder.Services.AddSingleton<EndPoint>(new DnsEndPoint("unused", 0));
        Hub = builder.Build();
    }

    public HubConnection Hub { get; }

    public void Cut() => last?.Cut();

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint _, CancellationToken cancel = default)
    {
        last = open();
        await last.StartAsync(cancel);
        return last;
    }
}

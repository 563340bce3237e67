using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace HubClient;

/// <summary>A connection between Microsoft's HubConnection and one of the three transports.</summary>
abstract class CuttableTransport : ConnectionContext, IConnectionInherentKeepAliveFeature
{
    readonly Pipe incoming = new();
    readonly Pipe outgoing = new();
    readonly CancellationTokenSource cut = new();
    Task running = Task.CompletedTask;

    protected CuttableTransport()
    {
        Transport = new Duplex(incoming.Reader, outgoing.Writer);
        Features.Set<IConnectionInherentKeepAliveFeature>(this);
    }

    public override IDuplexPipe Transport { get; set; }
    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");
    public override IFeatureCollection Features { get; } = new FeatureCollection();
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();
    public virtual bool HasInherentKeepAlive => false;

    /// <summary>Opens the transport; what follows runs in the background.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await OpenAsync(cancel);
        running = Task.WhenAll(GuardedAsync(ReceiveAsync, incoming.Writer), SendLoopAsync());
    }

    /// <summary>The network is gone.</summary>
    public void Cut()
    {
        incoming.Writer.Complete(new IOException("cut by the test"));
        cut.Cancel();
        Break();
    }

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        await Transport.Input.CompleteAsync();
        if (!cut.IsCancellationRequested) await CloseAsync();
        cut.Cancel();
        await running;
    }

    protected abstract Task OpenAsync(CancellationToken cancel);
    protected abstract Task ReceiveAsync(PipeWriter into, CancellationToken cancel);
    protected abstract Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);
    protected abstract Task CloseAsync();
    protected virtual void Break() { }

    async Task GuardedAsync(Func<PipeWriter, CancellationToken, Task> receive, PipeWriter into)
    {
        try
        {
            await receive(into, cut.Token);
            await into.CompleteAsync();
        }
        catch (Exception error)
        {
            await into.CompleteAsync(cut.IsCancellationRequested ? null : error);
        }
    }

    async Task SendLoopAsync()
    {
        try
        {
            while (true)
            {
                var result = await outgoing.Reader.ReadAsync(cut.Token);
                foreach (var segment in result.Buffer) await SendAsync(segment, cut.Token);
                outgoing.Reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted) return;
            }
        }
        catch (Exception) when (cut.IsCancellationRequested)
        {
            // Disposed or cut: nothing is sent any more.
        }
    }

    sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace HubClient;

/// <summary>Where a transport connects to.</summary>
sealed record Address(Uri Hub, string Token, HttpClient Http)
{
    /// <summary>Negotiates and gives the address with the connection's token.</summary>
    public async Task<Uri> NegotiateAsync(CancellationToken cancel)
    {
        var negotiate = new UriBuilder(WithQuery("negotiateVersion=1"));
        negotiate.Path += "/negotiate";
        var response = await Http.PostAsync(negotiate.Uri, null, cancel);
        response.EnsureSuccessStatusCode();
        using var reply = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel));
        return WithQuery($"id={reply.RootElement.GetProperty("connectionToken").GetString()}");
    }

    Uri WithQuery(string parameter) =>
        new($"{Hub}{(Hub.Query == "" ? '?' : '&')}{parameter}");
}

sealed class WebSocketTransport(Address address, bool negotiates) : CuttableTransport
{
    readonly ClientWebSocket socket = new();

    protected override async Task OpenAsync(CancellationToken cancel)
    {
        var url = negotiates ? await address.NegotiateAsync(cancel) : address.Hub;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {address.Token}");
        await socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws" }.Uri, cancel);
    }

    protected override async Task ReceiveAsync(PipeWriter into, CancellationToken cancel)
    {
        while (true)
        {
            var received = await socket.ReceiveAsync(into.GetMemory(4096), cancel);
            if (received.MessageType == WebSocketMessageType.Close) return;
            into.Advance(received.Count);
            await into.FlushAsync(cancel);
        }
    }

    protected override Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        socket.SendAsync(bytes, WebSocketMessageType.Text, true, cancel).AsTask();

    protected override async Task CloseAsync()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }

    protected override void Break() => socket.Abort();
}

/// <summary>What Server-Sent Events and Long Polling have in common: they send by POST.</summary>
abstract class PostingTransport(Address address) : CuttableTransport
{
    protected Address Address { get; } = address;
    protected Uri Url { get; private set; } = address.Hub;

    protected override async Task OpenAsync(CancellationToken cancel) =>
        Url = await Address.NegotiateAsync(cancel);

    protected override async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var response = await Address.Http.PostAsync(Url, new ReadOnlyMemoryContent(bytes), cancel);
        response.EnsureSuccessStatusCode();
    }
}

sealed class ServerSentEventsTransport(Address address) : PostingTransport(address)
{
    Stream stream = Stream.Null;

    protected override async Task OpenAsync(CancellationToken cancel)
    {
        await base.OpenAsync(cancel);
        var request = new HttpRequestMessage(HttpMethod.Get, Url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await Address.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancel);
        response.EnsureSuccessStatusCode();
        stream = await response.Content.ReadAsStreamAsync(cancel);
    }

    protected override async Task ReceiveAsync(PipeWriter into, CancellationToken cancel)
    {
        using var lines = new StreamReader(stream);
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            await into.WriteAsync(Encoding.UTF8.GetBytes(line["data: ".Length..]), cancel);
        }
    }

    // Reading is cancelled next, which drops the HTTP connection.
    protected override Task CloseAsync() => Task.CompletedTask;
}

sealed class LongPollingTransport(Address address) : PostingTransport(address)
{
    public override bool HasInherentKeepAlive => true;

    protected override async Task OpenAsync(CancellationToken cancel)
    {
        await base.OpenAsync(cancel);
        (await Address.Http.GetAsync(Url, cancel)).EnsureSuccessStatusCode();
    }

    protected override async Task ReceiveAsync(PipeWriter into, CancellationToken cancel)
    {
        while (true)
        {
            var response = await Address.Http.GetAsync(Url, cancel);
            if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotFound) return;
            response.EnsureSuccessStatusCode();
            await into.WriteAsync(await response.Content.ReadAsByteArrayAsync(cancel), cancel);
        }
    }

    protected override async Task CloseAsync() => await Address.Http.DeleteAsync(Url);
}

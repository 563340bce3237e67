using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace HubServer;

public sealed record Entity(string? EntityId, string? DisplayName);

/// <summary>The methods that test/conformance/README.md lists; test-hub.ts is the same in TypeScript.</summary>
public class TestHub : Hub
{
    const string Watchers = "watchers";

    public override async Task OnConnectedAsync()
    {
        await Clients.Group(Watchers).SendAsync("connected", Context.ConnectionId);
        if (Context.GetHttpContext()?.Request.Query["greet"].ToString() == "1")
            await Clients.Caller.SendAsync("welcome", Context.ConnectionId);
    }

    public override Task OnDisconnectedAsync(Exception? exception) =>
        Clients.Group(Watchers).SendAsync("disconnected", Context.ConnectionId, exception is not null);

    public Task Watch() => Groups.AddToGroupAsync(Context.ConnectionId, Watchers);
    public object WhoAmI() => new { user = Context.UserIdentifier, connectionId = Context.ConnectionId };

    public object? Echo(object? value) => value;
    public int Add(int a, int b) => a + b;
    public Entity Bind(Entity entity) => entity;
    public void Void() { }
    public object? Null() => null;
    public void Throw(string text) => throw new InvalidOperationException(text);
    public void ThrowHubError(string text) => throw new HubException(text);
    public void Abort() => Context.Abort();

    [Authorize(Roles = "admin")]
    public string Secret() => "secret";

    public async Task<object?> Delay(int milliseconds, object? value)
    {
        await Task.Delay(milliseconds);
        return value;
    }

    public async Task CallBack(string target, int times)
    {
        for (var n = 1; n <= times; n++) await Clients.Caller.SendAsync(target, n);
    }

    public Task Broadcast(string target, object? value) => Clients.All.SendAsync(target, value);
    public Task JoinGroup(string name) => Groups.AddToGroupAsync(Context.ConnectionId, name);
    public Task LeaveGroup(string name) => Groups.RemoveFromGroupAsync(Context.ConnectionId, name);
    public Task SendToGroup(string name, string target, object? value) =>
        Clients.Group(name).SendAsync(target, value);
    public Task SendToUser(string id, string target, object? value) =>
        Clients.User(id).SendAsync(target, value);

    public Task<object> AskClient(string target, object? value) =>
        Clients.Client(Context.ConnectionId).InvokeAsync<object>(target, value, CancellationToken.None);

    /// <summary>Asks without end; tells the watchers how the waiting ended.</summary>
    public async Task AskInVain(string name)
    {
        try
        {
            await Clients.Client(Context.ConnectionId)
                .InvokeAsync<object>("unanswered", CancellationToken.None);
        }
        catch (Exception)
        {
            await Clients.Group(Watchers).SendAsync("rejected", name);
        }
    }

    public async IAsyncEnumerable<int> StreamCount(int count)
    {
        for (var n = 1; n <= count; n++)
        {
            await Task.Yield();
            yield return n;
        }
    }

    public async IAsyncEnumerable<int> StreamEndless(
        string name, [EnumeratorCancellation] CancellationToken cancelled)
    {
        try
        {
            for (var n = 1; ; n++)
            {
                yield return n;
                await Task.Delay(5, cancelled);
            }
        }
        finally
        {
            await Clients.Group(Watchers).SendAsync("cleaned", name, CancellationToken.None);
        }
    }

    public async IAsyncEnumerable<int> StreamThrow(string text)
    {
        yield return 1;
        await Task.Yield();
        throw new InvalidOperationException(text);
    }

    public async Task<string> Upload(IAsyncEnumerable<string> words)
    {
        var all = "";
        await foreach (var word in words) all += word;
        return all;
    }

    /// <summary>Reads an upload and tells the watchers how it ended.</summary>
    public async Task UploadWatched(string name, IAsyncEnumerable<string> words)
    {
        try
        {
            await Clients.Group(Watchers).SendAsync("reading", name);
            await foreach (var _ in words) { }
            await Clients.Group(Watchers).SendAsync("uploaded", name, "whole");
        }
        catch (Exception error)
        {
            var how = error is OperationCanceledException ? "cancelled" : error.Message;
            await Clients.Group(Watchers).SendAsync("uploaded", name, how);
        }
    }
}

/// <summary>The same with times of one or two seconds.</summary>
public sealed class BriefHub : TestHub;

/// <summary>Takes nobody.</summary>
public sealed class RejectingHub : Hub
{
    public override Task OnConnectedAsync() => throw new InvalidOperationException("not today");
}

using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HubServer;

/// <summary>The tokens of the test hub; "expires-N" is alice's and ends at N, in epoch milliseconds.</summary>
sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Token";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.Ordinal)
            ? header["Bearer ".Length..]
            : Request.Query["access_token"].ToString();
        var properties = new AuthenticationProperties();
        if (token.StartsWith("expires-", StringComparison.Ordinal))
        {
            properties.ExpiresUtc = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(token[8..]));
            token = "token-a";
        }
        string? user = token switch
        {
            "token-a" => "alice",
            "token-b" => "bob",
            "token-admin" => "root",
            _ => null,
        };
        if (user is null) return Task.FromResult(AuthenticateResult.NoResult());
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], Scheme);
        if (user == "root") identity.AddClaim(new Claim(ClaimTypes.Role, "admin"));
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme);
        return Task.FromResult(AuthenticateResult.Success(ticket));
    }
}

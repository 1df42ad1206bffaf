using System.Net;
using Microsoft.AspNetCore.Http;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>Lets in who may come in: checks the name under which it was called, the token, and
/// that what changes something comes from its own page.</summary>
internal sealed class WebGate(PageRequest? web, IPEndPoint? healthOnly)
{
    // Header that a page of another origin cannot send without being asked first, which nobody answers.
    public const string Header = "X-NeuroTrails";

    private readonly WebToken? _token = web?.Token is { } token ? new(token) : null;

    public bool AllowsChanges => _token is not null;

    public async Task Pass(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        var isHealth = request.Path.StartsWithSegments("/health");
        if (IsForHealthOnly(context.Connection) && !isHealth)
        {
            await Answer(context, StatusCodes.Status404NotFound, "/health/live or /health/ready\n");
        }
        else if (isHealth)
        {
            await next(context);
        }
        else if (IsCalledByAnotherName(context))
        {
            await Answer(context, StatusCodes.Status421MisdirectedRequest, "This page is at 127.0.0.1, [::1] and localhost only.\n");
        }
        else if (_token is not null && !_token.IsPass(request.Cookies[Cookie(context)]) && !_token.Is(Bearer(request)))
        {
            await Ask(context, _token);
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && Refusal(request) is { } refusal)
        {
            await Answer(context, StatusCodes.Status403Forbidden, refusal);
        }
        else if (_token is not null && HttpMethods.IsGet(request.Method) && request.Query.ContainsKey("token"))
        {
            Redirect(context);
        }
        else
        {
            await next(context);
        }
    }

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : null;

    // Cookies know no ports: two silos of one machine would take away one another's.
    private static string Cookie(HttpContext context) => $"neurotrails-{context.Connection.LocalPort}";

    private static async Task Ask(HttpContext context, WebToken token)
    {
        if (HttpMethods.IsGet(context.Request.Method) && token.Is(context.Request.Query["token"]))
        {
            context.Response.Cookies.Append(
                Cookie(context),
                token.Pass,
                new()
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Strict,
                    Secure = context.Request.IsHttps,
                    Path = "/",
                }
            );
            Redirect(context);
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            await WebPages.Serve(context, "token.html", StatusCodes.Status401Unauthorized);
            return;
        }

        await Answer(
            context,
            StatusCodes.Status401Unauthorized,
            "A token is needed: Authorization: Bearer TOKEN, or ?token=TOKEN in a browser.\n"
        );
    }

    // The token must not stay in the address, which is remembered and shown.
    private static void Redirect(HttpContext context)
    {
        var rest = QueryString.Create(context.Request.Query.Where(pair => pair.Key != "token"));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect($"/{context.Request.Path.Value?.TrimStart('/')}{rest}");
    }

    private static Task Answer(HttpContext context, int code, string text)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private bool IsForHealthOnly(ConnectionInfo connection) =>
        healthOnly is not null && connection.LocalPort == healthOnly.Port && (web is null || web.Address.Port != healthOnly.Port);

    // A page of somebody else's may let its name point here and read what is behind a firewall (DNS rebinding).
    private bool IsCalledByAnotherName(HttpContext context) =>
        web is not null && IPAddress.IsLoopback(web.Address.Address) && !IsLoopbackName(context.Request.Host.Host);

    private string? Refusal(HttpRequest request) =>
        !AllowsChanges ? "Runs are stopped and resumed only where a token is configured: --web-token-file.\n"
        : request.Headers[Header].Count == 0 ? $"The header {Header} is missing.\n"
        : request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value)
            ? "This came from a page of somebody else's.\n"
        : null;
}

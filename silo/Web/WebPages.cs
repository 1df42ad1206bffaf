using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace NeuroTrails.Silo.Web;

/// <summary>The page's files, which are part of the program.</summary>
internal static class WebPages
{
    private static readonly Dictionary<string, (byte[] Bytes, string Tag)> Files = Load();

    public static async Task Serve(HttpContext context, string name, int code = StatusCodes.Status200OK)
    {
        var response = context.Response;
        if (!Files.TryGetValue(name, out var file))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.ContentType = "text/plain";
            await response.WriteAsync("There is nothing here.\n", context.RequestAborted);
            return;
        }

        // Nothing is loaded from elsewhere, nothing is framed, no script is written into a page.
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri "
            + "'none'; form-action 'self'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-cache";
        response.Headers.ETag = file.Tag;
        if (code == StatusCodes.Status200OK && context.Request.Headers.IfNoneMatch == file.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = code;
        response.ContentType = Type(name);
        response.ContentLength = file.Bytes.Length;
        await response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private static string Type(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2",
            _ => "text/plain; charset=utf-8",
        };

    private static Dictionary<string, (byte[] Bytes, string Tag)> Load()
    {
        const string prefix = "web/";
        var assembly = typeof(WebPages).Assembly;
        var files = new Dictionary<string, (byte[], string)>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files[name[prefix.Length..].Replace('\\', '/')] = (bytes, $"\"{Convert.ToHexString(SHA256.HashData(bytes))[..16]}\"");
        }

        return files;
    }
}

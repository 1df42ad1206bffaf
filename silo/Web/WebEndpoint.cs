using System.Globalization;
using System.Net;
using NeuroTrails.Files;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster;

namespace NeuroTrails.Silo.Web;

/// <summary>Reads where the live page shall be, and by whose leave it may be looked at.</summary>
internal static class WebEndpoint
{
    public const string TokenVariable = "NEUROTRAILS_WEB_TOKEN";

    private const int ShortestToken = 16;

    /// <summary>The endpoint that was asked for.</summary>
    /// <param name="text">The value of <c>--web</c>: <c>8123</c>, <c>127.0.0.1:8123</c>, <c>[::1]:8123</c>, <c>0.0.0.0:8123</c>.</param>
    /// <param name="tokenFile">The value of <c>--web-token-file</c>; null where it was not given.</param>
    /// <param name="variable">Environment variables by name.</param>
    /// <exception cref="UserErrorException">It is none, or anybody could look.</exception>
    public static PageRequest Read(string text, string? tokenFile, Func<string, string?> variable)
    {
        var address = Address(text);
        var token =
            tokenFile is not null ? FromFile(tokenFile)
            : variable(TokenVariable) is { Length: > 0 } held ? Checked(held, TokenVariable)
            : null;
        return token is not null || IPAddress.IsLoopback(address.Address)
            ? new(address, token)
            : throw new UserErrorException(
                $"--web {text} can be reached from other machines, so it needs a token: put {ShortestToken} or more random characters "
                    + "into a file that only you can read and name it by --web-token-file, "
                    + $"or set {TokenVariable}. Without a host (--web {address.Port}) only this machine reaches it, and no token is needed."
            );
    }

    private static IPEndPoint Address(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "127.0.0.1" : text[..colon].Trim('[', ']');
        var isPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port < 65536;
        return isPort && host.Length > 0
            ? new(Endpoints.Address(host, "--web"), port)
            : throw new UserErrorException(
                $"--web {text} is no [HOST:]PORT. Allowed: a port from 1 to 65535, or 0 for a free one, after a host and a colon where it "
                    + "is not 127.0.0.1, such as 8123, [::1]:8123 or 0.0.0.0:8123."
            );
    }

    private static string FromFile(string path)
    {
        try
        {
            return Checked(
                System.Text.Encoding.UTF8.GetString(RegularFile.ReadAllBytes(path, 4096)),
                $"the file of --web-token-file, {path},"
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"--web-token-file {path} cannot be read: {fault.Message.TrimEnd('.')}. Give a file with the token.",
                fault
            );
        }
    }

    private static string Checked(string text, string source)
    {
        var token = text.Trim();
        return token.Length >= ShortestToken && token.All(letter => letter is > ' ' and < '\x7f')
            ? token
            : throw new UserErrorException(
                $"What {source} holds is no token. Allowed: {ShortestToken} or more letters, digits and signs of ASCII, without blanks, "
                    + "such as `openssl rand -hex 32` prints."
            );
    }
}

using System.Security.Cryptography;
using System.Text;

namespace NeuroTrails.Silo.Web;

/// <summary>Knows whether a token, or what a browser keeps in its place, is the right one. Only
/// digests are compared, in constant time.</summary>
internal sealed class WebToken
{
    private readonly byte[] _digest;
    private readonly byte[] _pass;

    public WebToken(string token)
    {
        _digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));

        // Another key than the digest's: whoever reads a browser's cookies does not learn the token by looking it up.
        Pass = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "neurotrails live page"u8));
        _pass = SHA256.HashData(Encoding.UTF8.GetBytes(Pass));
    }

    // What a browser keeps once it has presented the token.
    public string Pass { get; }

    public bool Is(string? presented) => Matches(_digest, presented);

    public bool IsPass(string? presented) => Matches(_pass, presented);

    private static bool Matches(byte[] digest, string? presented) =>
        presented is not null && CryptographicOperations.FixedTimeEquals(digest, SHA256.HashData(Encoding.UTF8.GetBytes(presented)));
}

using System.Security.Cryptography;

namespace NeuroTrails.Data;

/// <summary>Checks a file against its published size and checksum.</summary>
internal static class FileDigest
{
    public static async Task<string?> FaultAsync(string path, RemoteFile expected, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        if (file.Length != expected.Size)
        {
            return $"{file.Length} bytes instead of {expected.Size}";
        }

#pragma warning disable CA5351 // MD5 guards against accidents where nothing better is published, not against attackers.
        var (name, wanted, seen) = expected.Sha256 is not null
            ? ("SHA-256", expected.Sha256, await SHA256.HashDataAsync(file, cancellation))
            : ("MD5", expected.Md5, await MD5.HashDataAsync(file, cancellation));
#pragma warning restore CA5351
        var text = Convert.ToHexStringLower(seen);
        return text == wanted ? null : $"{name} {text} instead of {wanted}";
    }
}

using System.Security.Cryptography;

namespace NeuroTrails.Files;

/// <summary>Passes bytes on and computes their SHA-256, so that a file need not be read again after it was written.</summary>
internal sealed class HashingStream(Stream inner) : PassingStream(inner)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        _hash.AppendData(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster.Tls;

/// <summary>Signs certificates for tests, and writes them as files.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string Server = "1.3.6.1.5.5.7.3.1";
    public const string Client = "1.3.6.1.5.5.7.3.2";
    public static readonly DateTimeOffset Now = DateTimeOffset.Parse(
        "2026-06-01T12:00:00Z",
        System.Globalization.CultureInfo.InvariantCulture
    );

    private readonly TemporaryFolder _folder;
    private readonly string _name;
    private readonly X509Certificate2 _certificate;

    public TestAuthority(TemporaryFolder folder, string name, TestAuthority? above = null)
    {
        (_folder, _name) = (folder, name);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signed = above?.Sign(request, DateTimeOffset.UnixEpoch, Now.AddYears(50));
        _certificate = signed?.CopyWithPrivateKey(key) ?? request.CreateSelfSigned(DateTimeOffset.UnixEpoch, Now.AddYears(50));
        File.WriteAllText(Path, _certificate.ExportCertificatePem() + "\n");
    }

    public string Path => _folder.File($"{_name}.ca.pem");

    /// <summary>Files of a silo or client.</summary>
    public TlsFiles Sign(
        string subject,
        string[] uses,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        bool bySignerOfItsOwn = false
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        if (uses.Length > 0)
        {
            var list = new OidCollection();
            Array.ForEach(uses, use => list.Add(new Oid(use)));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(list, false));
        }

        var (begins, ends) = (from ?? DateTimeOffset.UnixEpoch.AddDays(1), until ?? Now.AddYears(40));
        using var signed = bySignerOfItsOwn ? request.CreateSelfSigned(begins, ends) : Sign(request, begins, ends);
        var (certificate, secret) = (_folder.File($"{_name}.{subject}.pem"), _folder.File($"{_name}.{subject}.key"));
        File.WriteAllText(certificate, signed.ExportCertificatePem() + "\n");
        File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem() + "\n");
        return new(certificate, secret, Path);
    }

    public TlsFiles Silo(string name) => Sign(name, [Server, Client]);

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset until) =>
        request.Create(_certificate, from, until, RandomNumberGenerator.GetBytes(8));

    public void Dispose() => _certificate.Dispose();
}

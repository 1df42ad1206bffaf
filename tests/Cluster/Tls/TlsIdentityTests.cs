using System.Security.Cryptography.X509Certificates;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Tls;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster.Tls;

/// <summary>Certificates that would not do are refused at the start, with the option to change.</summary>
public sealed class TlsIdentityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _ours;
    private readonly TestAuthority _theirs;

    public TlsIdentityTests() => (_ours, _theirs) = (new(_folder, "ours"), new(_folder, "theirs"));

    [Fact]
    public void A_silos_certificate_serves_silos_and_clients_and_one_file_may_hold_it_all()
    {
        var files = _ours.Silo("a");
        Assert.Equal("CN=a", Load(files, TlsIdentity.Silo).Own.Subject);
        Assert.True(Load(files, TlsIdentity.Client).Own.HasPrivateKey);
        var one = _folder.File("one.pem");
        File.WriteAllText(one, File.ReadAllText(files.Key) + File.ReadAllText(files.Certificate));
        Assert.Equal("CN=a", Load(new(one, one, files.Authority), TlsIdentity.Silo).Own.Subject);
        Assert.Equal("CN=plain", Load(_ours.Sign("plain", []), TlsIdentity.Silo).Own.Subject);
    }

    [Fact]
    public void A_clients_certificate_does_not_make_a_silo()
    {
        var client = _ours.Sign("me", [TestAuthority.Client]);
        Assert.Equal("CN=me", Load(client, TlsIdentity.Client).Own.Subject);
        Assert.Contains(
            $"--tls-certificate {client.Certificate} (CN=me) is not meant for this use (extended key usage; needed: serverAuth and "
                + "clientAuth)",
            Refusal(client),
            StringComparison.Ordinal
        );

        // Nor would other silos take it for one.
        var silo = Load(_ours.Silo("a"), TlsIdentity.Silo);
        using var shown = X509CertificateLoader.LoadCertificateFromFile(client.Certificate);
        Assert.Null(silo.Chain.Fault(shown, null, TlsIdentity.Client));
        Assert.NotNull(silo.Chain.Fault(shown, null, TlsIdentity.Silo));
    }

    [Fact]
    public void An_intermediate_authority_is_taken_from_the_authoritys_file_or_from_the_peer()
    {
        using var middle = new TestAuthority(_folder, "middle", _ours);
        var files = middle.Silo("a");
        var both = _folder.File("both.pem");
        File.WriteAllText(both, File.ReadAllText(middle.Path) + File.ReadAllText(_ours.Path));
        Assert.Equal("CN=a", Load(files with { Authority = both }, TlsIdentity.Silo).Own.Subject);
        Assert.Contains("is not signed by", Refusal(files with { Authority = _ours.Path }), StringComparison.Ordinal);
        using var shown = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
        using var between = X509CertificateLoader.LoadCertificateFromFile(middle.Path);
        Assert.Null(Load(_ours.Silo("b"), TlsIdentity.Silo).Chain.Fault(shown, [between], TlsIdentity.Silo));
    }

    [Fact]
    public void What_is_not_valid_now_or_not_ours_is_refused()
    {
        var now = TestAuthority.Now;
        Assert.Contains(
            "(CN=old) expired on 2026-05-31 12:00 UTC",
            Refusal(_ours.Sign("old", [], until: now.AddDays(-1))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "(CN=new) is not valid before 2026-06-02 12:00 UTC",
            Refusal(_ours.Sign("new", [], from: now.AddDays(1))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "(CN=x) is not signed by the authority in --tls-ca",
            Refusal(_theirs.Silo("x") with { Authority = _ours.Path }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "(CN=self) is not signed by the authority in --tls-ca",
            Refusal(_ours.Sign("self", [], bySignerOfItsOwn: true)),
            StringComparison.Ordinal
        );

        // A certificate is no authority, even if it was signed by one.
        var files = _ours.Silo("a");
        Assert.Contains("is not signed by", Refusal(_theirs.Silo("x") with { Authority = files.Certificate }), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_hold_something_else_are_named_with_their_option()
    {
        var files = _ours.Silo("a");
        var none = _folder.File("none.pem");
        var empty = _folder.File("empty.pem");
        File.WriteAllText(empty, "nothing");
        Assert.StartsWith(
            $"--tls-certificate {none} cannot be read: there is no such file.",
            Refusal(files with { Certificate = none }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"--tls-key {none} cannot be read: there is no such file.",
            Refusal(files with { Key = none }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"--tls-ca {none} cannot be read: there is no such file.",
            Refusal(files with { Authority = none }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"--tls-ca {_folder.Path} cannot be read:",
            Refusal(files with { Authority = _folder.Path }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"--tls-certificate {empty} holds no certificate.",
            Refusal(files with { Certificate = empty }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"--tls-ca {files.Key} holds no certificate.",
            Refusal(files with { Authority = files.Key }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"--tls-key {files.Certificate} holds no private key.",
            Refusal(files with { Key = files.Certificate }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"--tls-key {_theirs.Silo("b").Key} does not belong to the certificate in {files.Certificate} (CN=a).",
            Refusal(files with { Key = _theirs.Silo("b").Key }),
            StringComparison.Ordinal
        );
        File.WriteAllText(empty, "-----BEGIN ENCRYPTED PRIVATE KEY-----");
        Assert.StartsWith($"--tls-key {empty} is locked by a passphrase", Refusal(files with { Key = empty }), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
        _folder.Dispose();
    }

    private static TlsIdentity Load(TlsFiles files, string[] purposes) => TlsIdentity.Load(files, purposes, new FixedTime());

    private static string Refusal(TlsFiles files) => Assert.Throws<UserErrorException>(() => Load(files, TlsIdentity.Silo)).Message;

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TestAuthority.Now;
    }
}

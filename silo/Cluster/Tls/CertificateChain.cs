using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NeuroTrails.Silo.Cluster.Tls;

/// <summary>Whether a certificate belongs to the cluster: signed by its authority, valid now, meant for what it is used for.</summary>
/// <remarks>
/// Names are not compared: silos call one another by address, and addresses come and go. The authority signs for this cluster alone, so its
/// signature is what counts. Revocation is not looked up, nothing is fetched.
/// </remarks>
internal sealed class CertificateChain(X509Certificate2Collection authorities, TimeProvider time)
{
    // Purpose of those who listen.
    public const string Server = "1.3.6.1.5.5.7.3.1";

    // Purpose of those who call.
    public const string Client = "1.3.6.1.5.5.7.3.2";

    public X509ChainPolicy Policy(params string[] purposes)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = time.GetLocalNow().DateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ExtraStore.AddRange(authorities);
        foreach (var purpose in purposes)
        {
            policy.ApplicationPolicy.Add(new Oid(purpose));
        }

        return policy;
    }

    // What is wrong with a certificate, in words; null where nothing is.
    public string? Fault(X509Certificate2 certificate, X509Certificate2Collection? others, params string[] purposes)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(purposes) };
        if (others is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(others);
        }

        if (chain.Build(certificate))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var faults = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return now > certificate.NotAfter.ToUniversalTime() ? $"expired on {Day(certificate.NotAfter)}"
            : now < certificate.NotBefore.ToUniversalTime() ? $"is not valid before {Day(certificate.NotBefore)}"
            : faults.HasFlag(X509ChainStatusFlags.NotValidForUsage)
                ? $"is not meant for this use (extended key usage; needed: {string.Join(" and ", purposes.Select(Word))})"
            : (faults & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid))
            != 0
                ? "is not signed by the authority in --tls-ca"
            : string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim())) is { Length: > 0 } text ? text
            : "cannot be checked";
    }

    private static string Word(string purpose) => purpose == Server ? "serverAuth" : "clientAuth";

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using NeuroTrails.Silo.Cluster.Guard;

namespace NeuroTrails.Silo.Cluster.Tls;

/// <summary>Lets peers in, or says why not.</summary>
/// <param name="chain">Checks certificates.</param>
/// <param name="logger">Log.</param>
/// <param name="time">Clock.</param>
internal sealed class PeerGate(CertificateChain chain, ILogger<PeerGate> logger, TimeProvider time)
{
    private readonly RefusalLog _refusals = new(logger, time);

    /// <summary>Why the newest refused peer was refused; null where nobody was.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether a peer may come in.</summary>
    /// <param name="certificate">What it showed.</param>
    /// <param name="others">What came with it.</param>
    /// <param name="purposes">What its certificate must be good for.</param>
    public bool Admits(X509Certificate2 certificate, X509Certificate2Collection? others, string[] purposes)
    {
        if (chain.Fault(certificate, others, purposes) is not { } fault)
        {
            return true;
        }

        Refusal = $"the certificate of {certificate.Subject} {fault}";
        _refusals.Refused(certificate.Subject, Refusal);
        return false;
    }
}

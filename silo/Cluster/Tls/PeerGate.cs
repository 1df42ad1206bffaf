using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using NeuroTrails.Silo.Cluster.Guard;

namespace NeuroTrails.Silo.Cluster.Tls;

/// <summary>Lets peers in, or says why not.</summary>
internal sealed class PeerGate(CertificateChain chain, ILogger<PeerGate> logger, TimeProvider time)
{
    private readonly RefusalLog _refusals = new(logger, time);

    public string? Refusal { get; private set; }

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

using System.Security.Cryptography.X509Certificates;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Cluster.Tls;

/// <summary>A silo's or client's certificate, checked as its peers will check it, and what those have to show.</summary>
internal sealed record TlsIdentity(X509Certificate2 Own, CertificateChain Chain)
{
    // What a silo's certificate must be good for: silos call and are called.
    public static readonly string[] Silo = [CertificateChain.Server, CertificateChain.Client];

    // What a client's certificate must be good for. One that is good for nothing else opens the gateways, but no silo takes it for a silo.
    public static readonly string[] Client = [CertificateChain.Client];

    public static TlsIdentity Load(TlsFiles files, string[] purposes, TimeProvider time)
    {
        var chain = new CertificateChain(PemFiles.Authorities(files.Authority), time);
        var own = PemFiles.Own(files);
        if (chain.Fault(own, null, purposes) is { } fault)
        {
            var subject = own.Subject;
            own.Dispose();
            throw new UserErrorException(
                $"--tls-certificate {files.Certificate} ({subject}) {fault}. Give one that is valid now, signed by {files.Authority}, and "
                    + $"either without extended key usage or with {(purposes.Length > 1 ? "serverAuth and clientAuth" : "clientAuth")} in "
                    + "it; docs/cluster.md shows how to make one."
            );
        }

        return new(own, chain);
    }
}

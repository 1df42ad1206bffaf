using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using NeuroTrails.Grains.Wire;

namespace NeuroTrails.Silo.Cluster.Tls;

/// <summary>TLS under the connections on which tensors travel: silos only, each with its certificate.</summary>
internal sealed class LaneTls(TlsIdentity identity) : ILaneSecurity
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    public Stream Answer(Stream connection) =>
        Shake(
            connection,
            (stream, check) =>
                stream.AuthenticateAsServer(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = identity.Own,
                        ClientCertificateRequired = true,
                        EnabledSslProtocols = Protocols,
                        CertificateChainPolicy = identity.Chain.Policy(),
                        RemoteCertificateValidationCallback = check,
                    }
                )
        );

    public Stream Call(Stream connection) =>
        Shake(
            connection,
            (stream, check) =>
                stream.AuthenticateAsClient(
                    new SslClientAuthenticationOptions
                    {
                        ClientCertificates = [identity.Own],
                        EnabledSslProtocols = Protocols,
                        CertificateChainPolicy = identity.Chain.Policy(),
                        RemoteCertificateValidationCallback = check,
                    }
                )
        );

    private SslStream Shake(Stream connection, Action<SslStream, RemoteCertificateValidationCallback> shake)
    {
        var fault = "it shows no certificate";
        var stream = new SslStream(connection, leaveInnerStreamOpen: false);
        try
        {
            shake(
                stream,
                (_, shown, chain, _) =>
                {
                    if (shown is not X509Certificate2 certificate)
                    {
                        return false;
                    }

                    fault = identity.Chain.Fault(certificate, chain?.ChainPolicy.ExtraStore, TlsIdentity.Silo) is { } found
                        ? $"the certificate of {certificate.Subject} {found}"
                        : string.Empty;
                    return fault.Length == 0;
                }
            );
            return stream;
        }
        catch (AuthenticationException refused)
        {
            stream.Dispose();
            throw fault.Length == 0 ? refused : new AuthenticationException($"Refused: {fault}.", refused);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}

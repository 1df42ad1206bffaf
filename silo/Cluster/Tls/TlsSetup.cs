using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace NeuroTrails.Silo.Cluster.Tls;

/// <summary>Puts TLS under every connection of a silo or client; each side shows a certificate.</summary>
internal static class TlsSetup
{
    public static void UseTls(this ISiloBuilder builder, TlsIdentity identity)
    {
        Add(builder.Services, identity);
        builder
            .Services.AddOptions<SiloConnectionOptions>()
            .Configure<PeerGate>(
                (options, gate) =>
                {
                    // A silo shows that it is one also where it calls.
                    options.ConfigureSiloInboundConnection(connection =>
                        connection.UseServerTls(Options(identity, gate, TlsIdentity.Silo))
                    );
                    options.ConfigureSiloOutboundConnection(connection =>
                        connection.UseClientTls(Options(identity, gate, TlsIdentity.Silo))
                    );
                    options.ConfigureGatewayInboundConnection(connection =>
                        connection.UseServerTls(Options(identity, gate, TlsIdentity.Client))
                    );
                }
            );
    }

    public static void UseTls(this IClientBuilder builder, TlsIdentity identity)
    {
        Add(builder.Services, identity);
        builder
            .Services.AddOptions<ClientConnectionOptions>()
            .Configure<PeerGate>(
                (options, gate) =>
                    options.ConfigureConnection(connection => connection.UseClientTls(Options(identity, gate, TlsIdentity.Silo)))
            );
    }

    private static void Add(IServiceCollection services, TlsIdentity identity)
    {
        services.AddSingleton(identity.Chain);
        services.AddSingleton<PeerGate>();
    }

    private static TlsOptions Options(TlsIdentity identity, PeerGate gate, string[] peers) =>
        new()
        {
            LocalCertificate = identity.Own,
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
            RemoteCertificateValidation = (certificate, chain, _) => gate.Admits(certificate, chain?.ChainPolicy.ExtraStore, peers),

            // Left to itself the platform would build the chain with the machine's trust, and
            // fetch what a stranger's certificate says that it should.
            OnAuthenticateAsServer = (_, options) =>
                ((SslServerAuthenticationOptions)options.SslServerAuthenticationOptions).CertificateChainPolicy = identity.Chain.Policy(),
            OnAuthenticateAsClient = (_, options) =>
                ((SslClientAuthenticationOptions)options.SslClientAuthenticationOptions).CertificateChainPolicy = identity.Chain.Policy(),
        };
}

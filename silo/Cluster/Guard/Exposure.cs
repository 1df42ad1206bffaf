using System.Net;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>What others on a network may reach must ask them who they are.</summary>
internal static class Exposure
{
    public static void Check(SiloRequest request, IPAddress address)
    {
        if (request.Tls is null && !request.Insecure && !IPAddress.IsLoopback(address))
        {
            throw new UserErrorException(
                $"--host {request.Host} can be reached from other machines, and without TLS whoever reaches it commands the cluster: give "
                    + "--tls-certificate, --tls-key and --tls-ca (docs/cluster.md shows how to make them), or insist with --insecure."
            );
        }
    }
}

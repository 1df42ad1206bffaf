using System.Net;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Stands between a client and a Redis server.</summary>
/// <param name="server">The server.</param>
internal abstract class RedisProxy(RedisServer server) : TcpProxy(IPEndPoint.Parse(server.Endpoint))
{
    /// <summary>The server as it is reached through the proxy.</summary>
    public RedisServer Server => new(EndPoint.ToString());
}

namespace NeuroTrails.Running;

/// <summary>How a client finds a cluster.</summary>
/// <param name="Gateway"><c>HOST:PORT</c> of a silo's gateway; absent where Redis is asked for them.</param>
/// <param name="ClusterId">Name of the cluster.</param>
/// <param name="Tls">Certificate and key of this client, and the cluster's authority; absent where the silos use no TLS.</param>
/// <param name="Redis">The cluster's Redis server; absent where a gateway is named.</param>
public sealed record ClusterAddress(string? Gateway, string ClusterId, TlsFiles? Tls = null, RedisServer? Redis = null);

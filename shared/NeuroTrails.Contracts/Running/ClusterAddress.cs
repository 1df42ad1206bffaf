namespace NeuroTrails.Running;

/// <summary>How a client finds a cluster.</summary>
/// <param name="Text">Host and port of a silo's gateway, or the connection string of the cluster's PostgreSQL database.</param>
/// <param name="ClusterId">Name of the cluster.</param>
/// <param name="Tls">Certificate and key of this client, and the cluster's authority; absent where the silos use no TLS.</param>
public sealed record ClusterAddress(string Text, string ClusterId, TlsFiles? Tls = null);

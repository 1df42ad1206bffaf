namespace NeuroTrails.Running;

/// <summary>PEM files by which silos and clients prove to one another that they belong to the cluster.</summary>
/// <param name="Certificate">This silo's or client's certificate (<c>--tls-certificate</c>).</param>
/// <param name="Key">Its private key (<c>--tls-key</c>); the same file as the certificate where that holds both.</param>
/// <param name="Authority">Certificates of whoever signs the cluster's certificates (<c>--tls-ca</c>): others are refused.</param>
public sealed record TlsFiles(string Certificate, string Key, string Authority);

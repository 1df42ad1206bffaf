using System.Net;

namespace NeuroTrails.Running;

/// <summary>Asks for the live page, the health endpoints, figures for Prometheus and Orleans' dashboard.</summary>
/// <param name="Address">Where to listen.</param>
/// <param name="Token">What whoever looks has to present; null where only this machine can.</param>
public sealed record PageRequest(IPEndPoint Address, string? Token)
{
    /// <summary>The address alone: a token must not come into a log.</summary>
    public override string ToString() => Address.ToString();
}

using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains.Wire;

/// <summary>One end of a measurement of the way between two silos. Key: name of the silo that it lives on.</summary>
[Alias("nt.IWireProbeGrain")]
internal interface IWireProbeGrain : IGrainWithStringKey
{
    [ForClients, Alias("Begin")]
    Task Begin();

    [ForClients, Alias("Measure"), ResponseTimeout("01:00:00")]
    Task<WireBenchmarkResult> Measure(string far, long bytes, int rounds);

    // Takes a tensor as a head does.
    [Alias("Receive"), ResponseTimeout("00:10:00")]
    Task<long> Receive(TensorMessage tensor);

    // Listens, on the silo's own address, for one connection that sends bytes and waits for a byte in return.
    [Alias("Listen")]
    Task<string> Listen(long bytes, int rounds);
}

using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains.Wire;

/// <summary>One end of a measurement of the way between two silos. Key: name of the silo that it lives on.</summary>
[Alias("nt.IWireProbeGrain")]
public interface IWireProbeGrain : IGrainWithStringKey
{
    /// <summary>Brings the probe to life, where the call's placement hint says.</summary>
    [ForClients, Alias("Begin")]
    Task Begin();

    /// <summary>Sends to another probe, and measures.</summary>
    /// <param name="far">Key of the other probe, which lives already.</param>
    /// <param name="bytes">Size of the tensor, 1 to <see cref="WireBenchmarkRequest.MostMib"/> MiB.</param>
    /// <param name="rounds">Times that it is sent, 1 to <see cref="WireBenchmarkRequest.MostRounds"/>.</param>
    /// <exception cref="UserErrorException">There are no such sizes, or no such silo.</exception>
    [ForClients, Alias("Measure"), ResponseTimeout("01:00:00")]
    Task<WireBenchmarkResult> Measure(string far, long bytes, int rounds);

    /// <summary>Takes a tensor as a head does.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <returns>Its bytes.</returns>
    [Alias("Receive"), ResponseTimeout("00:10:00")]
    Task<long> Receive(TensorMessage tensor);

    /// <summary>Listens, on the silo's own address, for one connection that sends bytes and waits for a byte in return.</summary>
    /// <param name="bytes">Bytes of each round.</param>
    /// <param name="rounds">Rounds; then the connection is closed.</param>
    /// <returns>Address and port; nobody listens there any more once the measurement is over, or
    /// after a minute without a connection.</returns>
    [Alias("Listen")]
    Task<string> Listen(long bytes, int rounds);
}

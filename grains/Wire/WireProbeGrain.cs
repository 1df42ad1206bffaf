using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Contracts.Wire;
using NeuroTrails.Running;

namespace NeuroTrails.Grains.Wire;

/// <summary>Sends tensors to another silo as training does, in turn with a plain copy of the same
/// bytes over a connection of its own.</summary>
[PlaceOnSilo]
internal sealed class WireProbeGrain(ILocalSiloDetails silo, TimeProvider time, ILogger<WireProbeGrain> logger) : Grain, IWireProbeGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public Task Begin() => Task.CompletedTask;

    public async Task<WireBenchmarkResult> Measure(string far, long bytes, int rounds)
    {
        RefuseWrong(far, bytes, rounds);
        var other = GrainFactory.GetGrain<IWireProbeGrain>(far);
        var plain = RandomNumberGenerator.GetBytes(checked((int)bytes));
        var header = new TensorHeader(0, [bytes], [0]);
        using var client = new TcpClient { NoDelay = true };

        // One of each before it counts: buffers are there then, and code is compiled.
        await client.ConnectAsync(IPEndPoint.Parse(await other.Listen(bytes, rounds + 1)));
        var stream = client.GetStream();
        List<double> plainSeconds = [],
            tensorSeconds = [];
        for (var round = 0; round <= rounds; round++)
        {
            plainSeconds.Add(
                await Time(async () =>
                {
                    await stream.WriteAsync(plain);
                    await stream.ReadExactlyAsync(new byte[1]);
                })
            );
            using var message = new TensorMessage(TensorWire.Read(header, memory => plain.CopyTo(memory)));
            tensorSeconds.Add(await Time(() => other.Receive(message)));
        }

        var (tensors, copies) = (bytes / Median(tensorSeconds[1..]), bytes / Median(plainSeconds[1..]));
        return new()
        {
            TensorBytesPerSecond = tensors,
            PlainBytesPerSecond = copies,
            Ratio = tensors / copies,
            Bytes = bytes,
            Rounds = rounds,
        };
    }

    public async Task<long> Receive(TensorMessage tensor)
    {
        await tensor.Ready;
        using var taken = tensor.Take();
        return taken.NumberOfElements * taken.ElementSize;
    }

    public Task<string> Listen(long bytes, int rounds)
    {
        var listener = new TcpListener(silo.SiloAddress.Endpoint.Address, 0);
        listener.Start(1);
        _ = Task.Run(() => ReceivePlain(listener, bytes, rounds));
        return Task.FromResult(listener.LocalEndpoint.ToString()!);
    }

    // A client asks for this, and every byte of it is memory here.
    private static void RefuseWrong(string far, long bytes, int rounds)
    {
        if (bytes is < 1 or > (long)WireBenchmarkRequest.MostMib << 20)
        {
            throw new UserErrorException(
                Text($"A tensor of {bytes:N0} bytes is not measured. Allowed: 1 to {WireBenchmarkRequest.MostMib} MiB. Change --mib.")
            );
        }

        if (rounds is < 1 or > WireBenchmarkRequest.MostRounds)
        {
            throw new UserErrorException(
                Text($"{rounds} rounds are not measured. Allowed: 1 to {WireBenchmarkRequest.MostRounds}. Change --rounds.")
            );
        }

        try
        {
            SiloAddress.FromParsableString(far);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new UserErrorException($"'{far}' is no address of a silo. Change --to.", fault);
        }

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private async Task<double> Time(Func<Task> work)
    {
        var started = time.GetTimestamp();
        await work();
        return time.GetElapsedTime(started).TotalSeconds;
    }

    private async Task ReceivePlain(TcpListener listener, long bytes, int rounds)
    {
        using (listener)
        using (var patience = new CancellationTokenSource(Patience, time))
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(patience.Token);
                client.NoDelay = true;
                var (stream, buffer) = (client.GetStream(), new byte[bytes]);
                for (var round = 0; round < rounds; round++)
                {
                    await stream.ReadExactlyAsync(buffer);
                    await stream.WriteAsync(buffer.AsMemory(0, 1));
                }
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException)
            {
                GrainLog.PlainEnded(logger, fault);
            }
        }
    }
}

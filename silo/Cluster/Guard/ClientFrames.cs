using System.Buffers;
using Orleans.Serialization.Buffers;

namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>
/// Looks at the header of each message that comes in through a gateway, before anything of it is made an object. Orleans takes a client's
/// word for who sends a message: a client could pass for a grain, a silo, or another's answer. So a client's messages are requests, from a
/// client's id, to a grain.
/// </summary>
/// <remarks>The layout is that of Orleans 10 (<c>MessageSerializer</c>). What does not fit it is refused, so that a change there shuts
/// clients out rather than letting them pass.</remarks>
internal static class ClientFrames
{
    private const uint CarriesCacheUpdates = 1 << 7;
    private const int DirectionShift = 16;
    private const uint Request = 1;
    private const uint OneWay = 3;

    // Why a message may not come in; null where it may.
    public static string? Fault(ReadOnlySequence<byte> header)
    {
        try
        {
            // It holds plain values up to here, and needs no session.
            var reader = Reader.Create(header.ToArray(), null!);
            var flags = reader.ReadUInt32();
            reader.ReadInt64();
            var (sender, target) = (Id(ref reader), Id(ref reader));
            return (flags >> DirectionShift & 0xF) is not (Request or OneWay) ? "it sent what is no request"
                : (flags & CarriesCacheUpdates) != 0 ? "it wanted to change where grains are looked for"
                : !ClientCalls.IsClient(sender) ? $"it sent a call in the name of {sender}"
                : target.IsClient() ? $"it called another client, {target}"
                : target.IsSystemTarget() && !ClientCalls.IsManifest(target) ? $"it called {target}, which only silos may"
                : null;
        }
        catch (Exception fault)
            when (fault
                    is InvalidOperationException
                        or ArgumentException
                        or IndexOutOfRangeException
                        or OverflowException
                        or Orleans.Serialization.SerializerException
            )
        {
            return "its message has no header that can be read";
        }
    }

    private static GrainId Id<TInput>(ref Reader<TInput> reader)
    {
        var type = IdSpanCodec.ReadRaw(ref reader);
        return new(new(type), IdSpanCodec.ReadRaw(ref reader));
    }
}

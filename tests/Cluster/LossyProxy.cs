using System.Text;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Now and then hangs up instead of passing on the answer to a write: the server has done what it was asked to, and the client
/// cannot know it.</summary>
internal sealed class LossyProxy(RedisServer server) : RedisProxy(server)
{
    private int _answers;
    private int _lost;

    /// <summary>How many answers to writes come through for each that does not; zero loses none.</summary>
    public int LoseEvery { get; set; }

    /// <summary>How many answers were lost.</summary>
    public int Lost => _lost;

    protected override bool Answers(int connection, ReadOnlyMemory<byte> bytes) =>
        LoseEvery == 0
        || !Encoding.Latin1.GetString(bytes.Span).StartsWith(":0\r\n", StringComparison.Ordinal)
        || Interlocked.Increment(ref _answers) % LoseEvery != 0
        || Interlocked.Increment(ref _lost) == 0;
}

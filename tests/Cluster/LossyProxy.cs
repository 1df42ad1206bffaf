namespace NeuroTrails.Tests.Cluster;

/// <summary>Now and then hangs up instead of passing an answer on: the server has done what it was asked to, and the client cannot know it.</summary>
internal sealed class LossyProxy(string connection) : PostgresProxy(connection)
{
    private int _answers;
    private int _lost;

    /// <summary>How many answers come through for each that does not; zero loses none. More than a new connection needs, or none is ever made.</summary>
    public int LoseEvery { get; set; }

    /// <summary>How many answers were lost.</summary>
    public int Lost => _lost;

    protected override bool Answers(int connection, ReadOnlyMemory<byte> bytes) =>
        LoseEvery == 0 || Interlocked.Increment(ref _answers) % LoseEvery != 0 || Interlocked.Increment(ref _lost) == 0;
}

using System.Text;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Keeps a coordinator's next write to itself for a while: the client has sent it, the server has not seen it.</summary>
internal sealed class HoldingProxy(RedisServer server) : RedisProxy(server)
{
    /// <summary>What the provider's script answers to a write that another has overtaken.</summary>
    public const string Refused = ":-1\r\n";

    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _holding = -1;

    /// <summary>From now on, the next write is held.</summary>
    public bool Armed { get; set; }

    /// <summary>A write is held.</summary>
    public Task Held => _held.Task;

    /// <summary>Passes the write on.</summary>
    /// <returns>What the server says to it.</returns>
    public Task<string> ReleaseAsync()
    {
        _release.TrySetResult();
        return _answer.Task;
    }

    protected override async Task Asks(int connection, Memory<byte> bytes)
    {
        if (
            Armed
            && Encoding.Latin1.GetString(bytes.Span) is var text
            && text.Contains("EVAL", StringComparison.Ordinal)
            && text.Contains("coordinator/", StringComparison.Ordinal)
            && Interlocked.CompareExchange(ref _holding, connection, -1) == -1
        )
        {
            _held.SetResult();
            await _release.Task;
        }
    }

    protected override bool Answers(int connection, ReadOnlyMemory<byte> bytes)
    {
        // Other answers may come with it: all of a process' questions share one connection.
        if (
            connection == _holding
            && _release.Task.IsCompleted
            && Encoding.Latin1.GetString(bytes.Span) is var text
            && (text.Contains(Refused, StringComparison.Ordinal) || text.Contains(":0\r\n", StringComparison.Ordinal))
        )
        {
            _answer.TrySetResult(text);
        }

        return true;
    }
}

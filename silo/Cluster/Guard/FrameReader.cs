using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>
/// Reads a connection for Orleans, and ends it where what comes in is not what may: a greeting (its length, then that many bytes), then
/// messages (length of header, length of body, header, body). A message that does not get done is given up, whether it stands still or
/// comes a byte at a time.
/// </summary>
internal sealed class FrameReader(
    PipeReader inner,
    FrameRules rules,
    FrameBudget budget,
    TimeProvider time,
    Action greeted,
    Action<string> refuse
) : PipeReader, IDisposable
{
    // Orleans' own bound.
    private const int MostGreetingBytes = 1024;
    private const int LengthsBytes = 8;
    private readonly Lock _gate = new();
    private ITimer? _deadline;
    private ReadOnlySequence<byte> _last;
    private long _ahead;
    private long _frame;
    private long _late = -1;
    private bool _greeted;
    private volatile bool _refused;

    public void Refuse(string reason)
    {
        _refused = true;
        budget.Forget(this);
        refuse(reason);
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _refused ? Ended() : Checked(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        if (_refused)
        {
            result = Ended();
            return true;
        }

        if (!inner.TryRead(out result))
        {
            return false;
        }

        result = Checked(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_refused)
        {
            // What was read last may have been our own empty end.
            return;
        }

        _ahead -= _last.Slice(_last.Start, consumed).Length;
        _last = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        Dispose();
        inner.Complete(exception);
    }

    public void Dispose()
    {
        budget.Forget(this);
        lock (_gate)
        {
            _deadline?.Dispose();
            _deadline = null;
        }
    }

    private static ReadResult Ended() => new(ReadOnlySequence<byte>.Empty, isCanceled: false, isCompleted: true);

    private ReadResult Checked(ReadResult result)
    {
        _last = result.Buffer;
        while (!_refused && _ahead < _last.Length && Next(_last.Slice(_ahead)) is { } bytes)
        {
            _ahead += bytes;
            _frame++;
        }

        // Also where it was refused in the meantime: nothing of what came may be taken for good.
        if (_refused)
        {
            return Ended();
        }

        Watch(result.Buffer.Length);
        return _refused ? Ended() : result;
    }

    // Bytes of the message that begins here; null where so little of it has come that nobody can say.
    private long? Next(ReadOnlySequence<byte> rest)
    {
        if (!_greeted)
        {
            if (rest.Length < sizeof(int))
            {
                return null;
            }

            var greeting = Length(rest);
            if (greeting is <= 0 or > MostGreetingBytes)
            {
                Refuse("it does not speak as silos and clients do (do both sides use TLS, or neither?)");
                return null;
            }

            if (rest.Length < sizeof(int) + greeting)
            {
                return null;
            }

            _greeted = true;
            greeted();
            return sizeof(int) + greeting;
        }

        if (rest.Length < LengthsBytes)
        {
            return null;
        }

        var (header, body) = (Length(rest), Length(rest.Slice(sizeof(int))));
        if (header <= 0 || header > rules.MostHeaderBytes || body < 0 || body > rules.MostBodyBytes)
        {
            Refuse(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"it announced a message of {(uint)header:N0} and {(uint)body:N0} bytes; allowed are {rules.MostHeaderBytes:N0} and "
                        + $"{rules.MostBodyBytes:N0}"
                )
            );
            return null;
        }

        if (rest.Length < LengthsBytes + header)
        {
            return null;
        }

        if (rules.Fault(rest.Slice(LengthsBytes, header)) is { } fault)
        {
            Refuse(fault);
            return null;
        }

        return LengthsBytes + (long)header + body;
    }

    private static int Length(ReadOnlySequence<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        bytes.Slice(0, sizeof(int)).CopyTo(length);
        return BinaryPrimitives.ReadInt32LittleEndian(length);
    }

    // Sets a time for the message that is not done, once for each.
    private void Watch(long held)
    {
        var isDone = _ahead == held;
        budget.Holds(this, isDone ? 0 : held);
        var frame =
            isDone ? -1
            : _ahead > held ? _frame - 1
            : _frame;
        if (frame == _late || !_greeted)
        {
            return;
        }

        _late = frame;
        lock (_gate)
        {
            if (_refused)
            {
                return;
            }

            _deadline?.Dispose();
            _deadline = isDone
                ? null
                : time.CreateTimer(_ => Refuse("its message did not get done in time"), null, rules.Patience, Timeout.InfiniteTimeSpan);
        }
    }
}

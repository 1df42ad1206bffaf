namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of an indexing expression: a position, a slice, a tensor, `...`, or a new dimension.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            None = 0,
            Single = 1,
            Slice_ = 2,
            Ellipsis = 3,
            Bool = 4,
            Tensor = 5,
            Null = 6,
        }

        internal Kind kind;
        internal long? start;
        internal long? stop;
        internal long? step;
        internal Tensor? tensor;

        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        public static TensorIndex None = new() { kind = Kind.None };

        public static TensorIndex Null = new() { kind = Kind.Null };

        public static TensorIndex Colon = Slice();

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { start = start, stop = stop, step = step, kind = Kind.Slice_ };

        public static TensorIndex Slice((int? start, int? end) range) => Slice((long?)range.start, (long?)range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { start = value ? 1 : 0, kind = Kind.Bool };

        public static TensorIndex Single(long? index) => new() { start = index, kind = Kind.Single };

        public static TensorIndex Tensor(Tensor tensor) => new() { tensor = tensor, kind = Kind.Tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        // Four numbers an index, as embedded/native/src/indexing.cpp reads them.
        internal readonly void Encode(Span<long> code)
        {
            long known = (start.HasValue ? 256L : 0L) | (stop.HasValue ? 512L : 0L) | (step.HasValue ? 1024L : 0L);
            code[0] = (kind == Kind.Null ? 0L : (long)(uint)kind) | known;
            code[1] = start.GetValueOrDefault();
            code[2] = stop.GetValueOrDefault();
            code[3] = step.GetValueOrDefault();
        }
    }
}

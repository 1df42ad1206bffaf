using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A shape.</summary>
    public readonly struct Size : IEnumerable<long>
    {
        private readonly long[]? shape;

        public Size(long[] shape) => this.shape = (long[])shape.Clone();

        public Size(IEnumerable<long> shape) => this.shape = shape.ToArray();

        public Size(int[] shape) => this.shape = Array.ConvertAll(shape, x => (long)x);

        public Size(long size) => shape = [size];

        public long[] Shape => shape ?? [];

        public int Length => Shape.Length;

        public bool IsEmpty => Length == 0;

        public bool IsScalar => IsEmpty;

        public long this[int idx] => Shape[idx];

        public static implicit operator Size(long size) => new(size);
        public static implicit operator Size(long[] size) => new(size);
        public static implicit operator Size((long, long) size) => new([size.Item1, size.Item2]);
        public static implicit operator Size((long, long, long) size) => new([size.Item1, size.Item2, size.Item3]);
        public static implicit operator Size((long, long, long, long) size) => new([size.Item1, size.Item2, size.Item3, size.Item4]);

        public long numel() => Shape.TotalSize();

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

using System.Text;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class NpyTests
{
    [Fact]
    public void Reads_what_numpy_writes()
    {
        Check(NumpyFixtures.BigEndianFortran, NpyType.Float64, "[3, 2]", 1.5f, -2, 3, 4, 5, 6);
        Check(NumpyFixtures.FortranCube, NpyType.Int16, "[2, 3, 4]", [.. Enumerable.Range(0, 24).Select(i => (float)i)]);
        Check(NumpyFixtures.Scalar, NpyType.UInt8, "[]", 7);
        Check(NumpyFixtures.Booleans, NpyType.Boolean, "[2]", 1, 0);
        Check(NumpyFixtures.HalfVersion3, NpyType.Float16, "[3]", 0, 1, 2);
        var arrays = NpzFile.Read(new MemoryStream(Convert.FromBase64String(NumpyFixtures.Compressed)), "fixture");
        Assert.Equal([0f, 1, 2], arrays["x"].ToSingles());
        Assert.Equal([1L, 2], arrays["y"].ToInt64s());

        static void Check(string fixture, NpyType type, string shape, params float[] values)
        {
            var array = NpyArray.Read(new MemoryStream(Convert.FromBase64String(fixture)), "fixture");
            Assert.Equal((type, shape), (array.Type, array.Shape));
            Assert.Equal(values, array.ToSingles());
        }
    }

    [Fact]
    public void Writes_what_numpy_writes()
    {
        using var stream = new MemoryStream();
        NpyArray.From<float>([0, 1, 2], 3).Write(stream);
        Assert.Equal(NumpyFixtures.SinglePlain, Convert.ToBase64String(stream.ToArray()));
    }

    [Fact]
    public void Every_type_makes_the_round_trip_in_both_orders_of_bytes_and_dimensions()
    {
        RoundTrip(random => random.Next(2) == 1, "b1", 1);
        RoundTrip(random => (sbyte)random.Next(256), "i1", 1);
        RoundTrip(random => (byte)random.Next(256), "u1", 1);
        RoundTrip(random => (short)random.Next(65536), "i2", 2);
        RoundTrip(random => (ushort)random.Next(65536), "u2", 2);
        RoundTrip(random => random.Next(int.MinValue, int.MaxValue), "i4", 4);
        RoundTrip(random => (uint)random.NextInt64(1L << 32), "u4", 4);
        RoundTrip(random => random.NextInt64(long.MinValue, long.MaxValue), "i8", 8);
        RoundTrip(random => (ulong)random.NextInt64(long.MinValue, long.MaxValue), "u8", 8);
        RoundTrip(random => (Half)random.NextSingle(), "f2", 2);
        RoundTrip(random => random.NextSingle(), "f4", 4);
        RoundTrip(random => random.NextDouble(), "f8", 8);
    }

    [Fact]
    public void Equal_archives_are_equal_bytes()
    {
        var arrays = new Dictionary<string, NpyArray>
        {
            ["mean"] = NpyArray.From<float>([1, 2, 3, 4], 2, 2),
            ["labels"] = NpyArray.From<long>([5], 1),
        };
        using var folder = new TempFolder();
        NpzFile.Save(folder["a.npz"], arrays);
        NpzFile.Save(folder["b.npz"], arrays);
        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
        var read = NpzFile.Load(folder["a.npz"]);
        Assert.Equal("[2, 2]", read["mean"].Shape);
        Assert.Equal([1f, 2, 3, 4], read["mean"].ToSingles());
        Assert.Equal([5L], read["labels"].ToInt64s());
    }

    [Theory]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "type '<c8'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "type '|O'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "no string")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "neither True nor False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "no size")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "no size")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 99999, 99999), }", "at most")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "truncated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "more bytes follow", 8)]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "a key missing")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}", "the key 'descr'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x", "something after")]
    [InlineData("", "no '{'")]
    public void Bad_headers_are_named(string header, string part, int bytes = 4) =>
        Assert.Contains(
            part,
            Assert.Throws<UserErrorException>(() => NpyArray.Read(new MemoryStream(Npy(header, new byte[bytes])), "file")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Whole_numbers_only_become_integers()
    {
        Assert.Equal([3L, -4], NpyArray.From<double>([3, -4], 2).ToInt64s());
        Assert.Throws<InvalidCastException>(() => NpyArray.From<double>([0.5], 1).ToInt64s());
        Assert.Throws<InvalidCastException>(() => NpyArray.From<float>([float.NaN], 1).ToInt64s());
        Assert.Throws<InvalidCastException>(() => NpyArray.From<ulong>([ulong.MaxValue], 1).ToInt64s());
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_but_never_crash()
    {
        foreach (var fixture in new[] { NumpyFixtures.BigEndianFortran, NumpyFixtures.FortranCube, NumpyFixtures.HalfVersion3 })
        {
            Fuzz.Mutate(
                Convert.FromBase64String(fixture),
                80,
                5000,
                7,
                bytes => NpyArray.Read(new MemoryStream(bytes), "fuzz").ToSingles()
            );
        }

        var archive = Convert.FromBase64String(NumpyFixtures.Compressed);
        Fuzz.Mutate(archive, archive.Length, 5000, 8, bytes => NpzFile.Read(new MemoryStream(bytes), "fuzz"));
    }

    internal static byte[] Npy(string header, byte[] values) =>
        [
            0x93,
            (byte)'N',
            (byte)'U',
            (byte)'M',
            (byte)'P',
            (byte)'Y',
            1,
            0,
            (byte)header.Length,
            0,
            .. Encoding.ASCII.GetBytes(header),
            .. values,
        ];

    private static void RoundTrip<T>(Func<Random, T> draw, string code, int size)
        where T : unmanaged
    {
        var random = new Random(size);
        for (var round = 0; round < 200; round++)
        {
            int[] sizes = [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(1, 5))];
            var count = sizes.Aggregate(1, (product, next) => product * next);
            T[] values = [.. Enumerable.Range(0, count).Select(_ => draw(random))];
            var array = NpyArray.From<T>(values, sizes);
            using var stream = new MemoryStream();
            array.Write(stream);
            stream.Position = 0;
            var read = NpyArray.Read(stream, "round trip");
            Assert.Equal(array.Bytes.ToArray(), read.Bytes.ToArray());
            Assert.Equal(array.Shape, read.Shape);

            // The same array as a big-endian machine would have written it, first dimension fastest.
            var shape = string.Concat(sizes.Select(next => next + ","));
            var foreign = Npy($"{{'descr':'>{code}','fortran_order':True,'shape':({shape})}}", Foreign(array.Bytes.ToArray(), sizes, size));
            Assert.Equal(array.Bytes.ToArray(), NpyArray.Read(new MemoryStream(foreign), "foreign").Bytes.ToArray());
        }
    }

    private static byte[] Foreign(byte[] bytes, int[] sizes, int size)
    {
        var result = new byte[bytes.Length];
        for (var flat = 0; flat < bytes.Length / size; flat++)
        {
            var (rest, place, stride) = (flat, 0, bytes.Length / size);
            for (var d = sizes.Length - 1; d >= 0; d--)
            {
                stride /= sizes[d];
                place += rest % sizes[d] * stride;
                rest /= sizes[d];
            }

            for (var b = 0; b < size; b++)
            {
                result[(place * size) + b] = bytes[(flat * size) + size - 1 - b];
            }
        }

        return result;
    }
}

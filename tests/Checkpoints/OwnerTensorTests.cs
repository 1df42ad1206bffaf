using NeuroTrails.Checkpoints;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class OwnerTensorTests
{
    [Fact]
    public void Masked_and_dense_tensors_come_back_with_moments_extras_and_memory_format()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("head-0.safetensors");
        var random = new Random(4);
        for (var run = 0; run < 300; run++)
        {
            var tensors = Enumerable.Range(0, random.Next(1, 6)).Select(i => Make(random, $"blocks.{i}.conv.weight")).ToList();
            Write(path, tensors);
            using var file = SafetensorsFile.Open(path);
            Assert.Equal(tensors.Select(t => t.Value.Name), OwnerTensorReader.Names(file));
            foreach (var expected in tensors)
            {
                var actual = OwnerTensorReader.Read(file, expected.Value.Name);
                Assert.Equal(expected.Mask, actual.Mask);
                Assert.Equal(expected.MemoryFormat, actual.MemoryFormat);
                AssertEqual([expected.Value, .. expected.Moments, .. expected.Extras], [actual.Value, .. actual.Moments, .. actual.Extras]);
                Assert.Equal(expected.Moments.Count, actual.Moments.Count);
            }
        }
    }

    [Fact]
    public void Only_the_active_values_take_room()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        var mask = new byte[1000];
        mask.AsSpan(0, 200).Fill(1);
        var dense = new byte[4000];
        dense.AsSpan(0, 800).Fill(7);
        Write(path, [new OwnerTensor(Source("w", [10, 100], dense)) { Mask = MaskBitmap.Pack(mask), Moments = [Source("momentum", [10, 100], dense)] }]);
        using var file = SafetensorsFile.Open(path);
        Assert.Equal("10,100", file.Metadata["w.shape"]);
        Assert.Equal("momentum", file.Metadata["w.moments"]);
        Assert.Equal([125L], file.Info("w.mask").Shape);
        Assert.Equal([200L], file.Info("w.values").Shape);
        Assert.Equal([200L], file.Info("w.momentum").Shape);
        Assert.Equal(125 + 800 + 800, file.Tensors.Sum(t => t.Bytes));
    }

    [Fact]
    public void Parts_that_do_not_fit_each_other_are_format_errors()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        StoredTensor[] sound = [new("w.mask", StoredDType.U8, [1], new byte[] { 0b11 }), new("w.values", StoredDType.U8, [2], new byte[2])];
        Dictionary<string, string> metadata = new() { ["w.shape"] = "3" };
        Assert.Null(Record.Exception(() => Read(path, sound, metadata)));
        Bad([sound[0], sound[1] with { Shape = [1], Data = new byte[1] }], metadata);
        Bad([sound[0]], metadata);
        Bad([sound[0] with { Data = new byte[] { 0b1100 } }, sound[1]], metadata);
        Bad([sound[0] with { DType = StoredDType.BOOL }, sound[1]], metadata);
        Bad(sound, new() { ["w.shape"] = "9" });
        Bad(sound, new() { ["w.shape"] = "-3" });
        Bad(sound, new() { ["w.shape"] = "3,x" });
        Bad(sound, new() { ["w.shape"] = "9223372036854775807,2" });
        Bad(sound, new() { ["w.shape"] = "3", ["w.moments"] = "momentum" });

        void Bad(StoredTensor[] tensors, Dictionary<string, string> about) =>
            Assert.Throws<SafetensorsFormatException>(() => Read(path, tensors, about));
    }

    [Fact]
    public void A_moment_at_an_inactive_position_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var tensor = new OwnerTensor(Source("w", [2], new byte[8])) { Mask = [0b01], Moments = [Source("momentum", [2], [0, 0, 0, 0, 1, 0, 0, 0])] };
        var fault = Assert.Throws<SparseEncodingException>(() => Write(folder.File("x"), [tensor]));
        Assert.Contains("w.momentum", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Write(folder.File("x"), [tensor with { Moments = [Source("mask", [2], new byte[8])] }]));
        Assert.Throws<ArgumentException>(() => Write(folder.File("x"), [tensor with { Moments = [Source("momentum", [1], new byte[4])] }]));
    }

    private static void Read(string path, StoredTensor[] tensors, Dictionary<string, string> metadata)
    {
        File.WriteAllBytes(path, RandomTensors.File(tensors, metadata));
        using var file = SafetensorsFile.Open(path);
        OwnerTensorReader.Read(file, "w").Value.Data();
    }

    private static void Write(string path, IReadOnlyList<OwnerTensor> tensors)
    {
        var metadata = new Dictionary<string, string>();
        using var stream = File.Create(path);
        SafetensorsWriter.Write(stream, OwnerTensorWriter.Encode(tensors, metadata), metadata);
    }

    private static TensorSource Source(string name, long[] shape, byte[] data) => new(name, StoredDType.F32, shape, () => data);

    private static OwnerTensor Make(Random random, string name)
    {
        long[] shape = [random.Next(5), random.Next(5), random.Next(1, 4)];
        var count = (int)shape.Aggregate(1L, (product, extent) => product * extent);
        var mask = random.Next(3) == 0 ? null : Enumerable.Range(0, count).Select(_ => (byte)random.Next(2)).ToArray();
        return new OwnerTensor(Filled(name, mask))
        {
            Mask = mask is null ? null : MaskBitmap.Pack(mask),
            Moments = [.. new[] { "exp_avg", "exp_avg_sq" }.Take(random.Next(3)).Select(moment => Filled(moment, mask))],
            Extras = random.Next(2) == 0 ? [] : [Filled("gradient_average", null)],
            MemoryFormat = random.Next(2) == 0 ? OwnerTensor.Contiguous : OwnerTensor.ChannelsLast,
        };

        TensorSource Filled(string part, byte[]? where)
        {
            var data = new byte[count * 4];
            random.NextBytes(data);
            for (var i = 0; i < data.Length; i++)
            {
                data[i] *= where?[i / 4] ?? 1;
            }

            return Source(part, shape, data);
        }
    }

    private static void AssertEqual(IReadOnlyList<TensorSource> expected, IReadOnlyList<TensorSource> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual))
        {
            RandomTensors.AssertEqual(Stored(one), Stored(other));
        }
    }

    private static StoredTensor Stored(TensorSource source) => new(source.Name, source.DType, source.Shape, source.Data());
}

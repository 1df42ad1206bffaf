using System.Text;
using NeuroTrails.Formats;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class SafetensorsRoundTripTests
{
    [Fact]
    public void Random_tensors_come_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var tensors = RandomTensors.Many(random, 12);
            var metadata = new Dictionary<string, string> { ["run"] = $"é{i}", [""] = "\"\\" };
            var order = (TensorOrder)random.Next(2);
            var bytes = RandomTensors.File(tensors, metadata, order);
            Assert.Equal(bytes.Length, SafetensorsWriter.Measure(tensors.Select(t => t.ToSource()), metadata, order));
            File.WriteAllBytes(path, bytes);
            using var file = SafetensorsFile.Open(path);
            Assert.Equal(metadata.OrderBy(p => p.Key, StringComparer.Ordinal), file.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal));
            Assert.Equal(tensors.Select(t => t.Name).Order(), file.Tensors.Select(t => t.Name).Order());
            foreach (var tensor in tensors)
            {
                RandomTensors.AssertEqual(tensor, file.Read(tensor.Name));
            }
        }
    }

    [Fact]
    public void Equal_tensors_give_equal_files_whatever_their_order()
    {
        var random = new Random(2);
        for (var i = 0; i < 200; i++)
        {
            var tensors = RandomTensors.Many(random, 10);
            var shuffled = tensors.ToArray();
            random.Shuffle(shuffled);
            var first = RandomTensors.File(tensors, new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
            Assert.Equal(first, RandomTensors.File(shuffled, new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }));
        }
    }

    [Fact]
    public void Data_starts_at_a_multiple_of_eight_and_every_tensor_at_one_of_its_element_size()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var path = folder.File("x.safetensors");
            File.WriteAllBytes(path, RandomTensors.File(RandomTensors.Many(random, 10)));
            using var file = SafetensorsFile.Open(path);
            Assert.All(file.Tensors, tensor => Assert.Equal(0, tensor.Offset % tensor.DType.ByteSize()));
            Assert.True(file.Tensors.Count == 0 || file.Tensors[0].Offset % 8 == 0);
        }
    }

    [Fact]
    public void The_given_order_is_kept_on_request()
    {
        StoredTensor[] tensors = [new("z", StoredDType.U8, [1], new byte[1]), new("a", StoredDType.F64, [], new byte[8])];
        var text = Encoding.UTF8.GetString(RandomTensors.File(tensors, order: TensorOrder.AsGiven));
        Assert.True(text.IndexOf("\"z\"", StringComparison.Ordinal) < text.IndexOf("\"a\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_are_read_into_memory_of_the_callers()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        File.WriteAllBytes(path, RandomTensors.File([new StoredTensor("a", StoredDType.U8, [5], new byte[] { 1, 2, 3, 4, 5 })]));
        using var file = SafetensorsFile.Open(path);
        var part = new byte[3];
        file.ReadInto("a", part, 2);
        Assert.Equal([3, 4, 5], part);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadInto("a", part, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadInto("a", part, -1));
        Assert.Contains("'b'", Assert.Throws<KeyNotFoundException>(() => file.Read("b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_writer_refuses_what_would_not_come_back()
    {
        var one = new StoredTensor("a", StoredDType.F32, [1], new byte[4]);
        Assert.Throws<ArgumentException>(() => RandomTensors.File([one, one]));
        Assert.Throws<ArgumentException>(() => RandomTensors.File([one with { Name = "" }]));
        Assert.Throws<ArgumentException>(() => RandomTensors.File([one with { Name = "__metadata__" }]));
        Assert.ThrowsAny<ArgumentException>(() => RandomTensors.File([one with { Name = "\ud800" }]));
        Assert.Throws<ArgumentException>(() => RandomTensors.File([one with { Shape = [long.MaxValue, 4] }]));
        Assert.Throws<ArgumentException>(() => RandomTensors.File([one with { Shape = [-1] }]));
        Assert.Throws<InvalidOperationException>(() => RandomTensors.File([one with { Data = new byte[3] }]));
    }
}

using NeuroTrails.Formats;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class SafetensorsFuzzTests
{
    private const int Mutations = 5_000;

    [Fact]
    public void A_mutated_file_is_read_or_refused_by_a_format_error()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        var random = new Random(5);
        var (read, refused) = (0, 0);
        byte[] sound = [];
        for (var i = 0; i < Mutations; i++)
        {
            if (i % 500 == 0)
            {
                sound = RandomTensors.File(RandomTensors.Many(random, 6), new Dictionary<string, string> { ["k"] = "v\n" });
            }

            var mutated = sound;
            for (var rounds = random.Next(1, 4); rounds > 0; rounds--)
            {
                mutated = Mutate(random, mutated);
            }

            File.WriteAllBytes(path, mutated);
            try
            {
                using var file = SafetensorsFile.Open(path);
                Assert.All(file.Tensors, tensor => Assert.Equal(tensor.Bytes, file.Read(tensor.Name).Data.Length));
                Assert.Equal(mutated.Length, file.Tensors.Count == 0 ? mutated.Length : file.Tensors[^1].Offset + file.Tensors[^1].Bytes);
                read++;
            }
            catch (SafetensorsFormatException fault)
            {
                Assert.Equal(path, fault.File);
                Assert.InRange(fault.Position, 0, mutated.Length);
                refused++;
            }
        }

        // Both ways out must have been taken often, or the mutations prove nothing.
        Assert.True(read > Mutations / 50 && refused > Mutations / 2, $"{read} read, {refused} refused");
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        var list = new List<byte>(bytes);
        if (list.Count == 0)
        {
            return [(byte)random.Next(256)];
        }

        // Mostly in the header, where the parser is.
        var header = Math.Min(list.Count, 8 + (list.Count > 1 ? list[0] + (256 * list[1]) : 0));
        var at = random.Next(random.Next(8) == 0 ? list.Count : Math.Max(1, header));
        switch (random.Next(8))
        {
            case 0:
                list[at] = (byte)random.Next(256);
                break;
            case 1:
                list[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                list.RemoveRange(at, Math.Min(random.Next(1, 20), list.Count - at));
                break;
            case 3:
                list.RemoveRange(at, list.Count - at);
                break;
            case 4:
                list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(1, 40), list.Count - at)));
                break;
            case 5:
                list[at] = (byte)"{}[]\",:0123456789-.eE\\u nul"[random.Next(27)];
                break;
            case 6:
                ReplaceNumber(random, list, at);
                break;
            default:
                list.AddRange(new byte[random.Next(1, 9)]);
                break;
        }

        return [.. list];
    }

    /// <summary>Digits are where overflows and overlaps come from: the text stays valid JSON of the same length.</summary>
    private static void ReplaceNumber(Random random, List<byte> list, int from)
    {
        var at = list.FindIndex(from, b => b is >= (byte)'0' and <= (byte)'9');
        if (at >= 0)
        {
            list[at] = (byte)('0' + random.Next(10));
        }
    }
}

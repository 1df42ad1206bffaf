using NeuroTrails.Configuration;
using NeuroTrails.Export;
using NeuroTrails.Models;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Export;

/// <summary>What a file of weights must be before a run starts from it.</summary>
public sealed class WeightImportTests : IDisposable
{
    private const string Masked = "blocks_head1.0.conv1.weight";
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Changes
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var ending in new[] { "safetensors", "npz" })
            {
                all.Add(ending, "missing", $"it has no tensor '{Masked}'; expected F32 [64, 32, 3, 3]");
                all.Add(ending, "left over", "it has a tensor 'blocks_head2.0.bn1.bias', F32 [32]; expected no such tensor");
                all.Add(ending, "shape", $"'{Masked}' is F32 [64, 288]; expected F32 [64, 32, 3, 3]");
                all.Add(ending, "double", $"'{Masked}' is F64 [64, 32, 3, 3]; expected F32 [64, 32, 3, 3]");
                all.Add(ending, "half", $"'{Masked}' is F16 [64, 32, 3, 3]; expected F32 [64, 32, 3, 3]");
                all.Add(ending, "counter", "'bn_0.num_batches_tracked' is F32 []; expected I64 []");
                all.Add(ending, "mask type", $"'mask/{Masked}' is I64 [64, 32, 3, 3]; expected BOOL [64, 32, 3, 3]");
                all.Add(ending, "mask shape", $"'mask/{Masked}' is BOOL [18432]; expected BOOL [64, 32, 3, 3]");
                all.Add(ending, "mask of a bias", "it has a tensor 'mask/fc_0.bias', BOOL [10]; expected no such tensor");
                all.Add(ending, "mask byte", $"'mask/{Masked}' has the byte 2 at position 5; expected 0 or 1");
                all.Add(ending, "weight outside", $"'{Masked}' is not zero at position 7, where its mask is false; expected zero");
                all.Add(ending, "nan", $"'{Masked}' has a value that is not finite, at position 3; expected finite numbers");
                all.Add(ending, "infinite statistic", "'bn_1.running_var' has a value that is not finite, at position 0");
            }

            return all;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_does_not_fit_is_named(string ending, string change, string expected)
    {
        var file = _folder.File($"w.{ending}");
        var tensors = Whole();
        var (weight, mask) = (tensors[Masked], tensors[$"mask/{Masked}"]);
        switch (change)
        {
            case "missing":
                tensors.Remove(Masked);
                break;
            case "left over":
                tensors["blocks_head2.0.bn1.bias"] = tensors["blocks_head1.0.bn1.bias"];
                break;
            case "shape":
                tensors[Masked] = weight with { Shape = [64, 288] };
                break;
            case "double":
                tensors[Masked] = new("F64", weight.Shape, new byte[weight.Bytes.Length * 2]);
                break;
            case "half":
                tensors[Masked] = new("F16", weight.Shape, new byte[weight.Bytes.Length / 2]);
                break;
            case "counter":
                tensors["bn_0.num_batches_tracked"] = new("F32", [], new byte[4]);
                break;
            case "mask type":
                tensors[$"mask/{Masked}"] = new("I64", mask.Shape, new byte[mask.Bytes.Length * 8]);
                break;
            case "mask shape":
                tensors[$"mask/{Masked}"] = mask with { Shape = [18432] };
                break;
            case "mask of a bias":
                tensors["mask/fc_0.bias"] = new("BOOL", [10], [.. Enumerable.Repeat((byte)1, 10)]);
                break;
            case "mask byte":
                mask.Bytes[5] = 2;
                break;
            case "weight outside":
                (weight.Bytes[(4 * 7) + 3], mask.Bytes[7]) = (0x3f, 0);
                Array.Fill(mask.Bytes, (byte)1, 0, 7);
                break;
            case "nan":
                BitConverter.GetBytes(float.NaN).CopyTo(weight.Bytes, 12);
                break;
            default:
                BitConverter.GetBytes(float.PositiveInfinity).CopyTo(tensors["bn_1.running_var"].Bytes, 0);
                break;
        }

        NaiveWeights.Write(file, tensors);
        var refused = Assert.Throws<UserErrorException>(() => Open(file)).Message;
        Assert.StartsWith($"--init-from: `{file}` does not fit: {expected}", refused, StringComparison.Ordinal);
        Assert.Contains("(wrn-10-1 with 2 heads and ensemble.blocks_in_head 1). ", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.safetensors", "it cannot be read: ")]
    [InlineData("none.npz", "it cannot be read: ")]
    [InlineData("empty.safetensors", "saw a file of 0 bytes; expected at least 8")]
    [InlineData("empty.npz", "it cannot be read: ")]
    [InlineData("long.safetensors", "a header of 4611686018427387904 bytes")]
    [InlineData("text.npz", "it cannot be read: ")]
    [InlineData("pipe.safetensors", "not a regular file")]
    [InlineData("pipe.npz", "not a regular file")]
    public void What_is_no_such_file_is_refused(string name, string expected)
    {
        var file = _folder.File(name);
        switch (name.Split('.')[0])
        {
            case "empty":
                File.WriteAllBytes(file, []);
                break;
            case "long":
                File.WriteAllBytes(file, [.. BitConverter.GetBytes(1L << 62), .. "{}"u8]);
                break;
            case "text":
                File.WriteAllText(file, "no archive at all");
                break;
            case "pipe":
                System.Diagnostics.Process.Start("mkfifo", file).WaitForExit();
                break;
        }

        var refused = Assert.Throws<UserErrorException>(() => Open(file)).Message;
        Assert.StartsWith($"--init-from: {file}", refused, StringComparison.Ordinal);
        Assert.Contains(expected, refused, StringComparison.Ordinal);
        Assert.DoesNotContain("--data", refused, StringComparison.Ordinal);
        Assert.EndsWith("Give an intact file, or the folder of a run.", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("safetensors", 1)]
    [InlineData("npz", 2)]
    public void A_damaged_file_is_a_users_error_or_still_fits(string ending, int seed)
    {
        var (file, broken) = (_folder.File($"w.{ending}"), _folder.File($"b.{ending}"));
        NaiveWeights.Write(file, Whole());
        var (whole, random, refused) = (File.ReadAllBytes(file), new Random(seed), 0);
        for (var round = 0; round < 300; round++)
        {
            File.WriteAllBytes(broken, Damage(whole, random));
            try
            {
                Open(broken).Dispose();
            }
            catch (UserErrorException fault)
            {
                Assert.Contains(broken, fault.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 100, 300);
    }

    [Fact]
    public void A_value_that_was_changed_in_an_archive_is_told_by_its_checksum()
    {
        var (file, tensors) = (_folder.File("w.npz"), Whole());
        NaiveWeights.Write(file, tensors);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.AsSpan().IndexOf(tensors["bn_1.running_var"].Bytes) + 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Contains("checksum", Assert.Throws<UserErrorException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_array_promises_is_compared_before_it_is_read()
    {
        var (file, tensors) = (_folder.File("w.npz"), Whole());
        tensors[Masked] = new("F32", [40_000, 13_000], []);
        NaiveWeights.Write(file, tensors);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<UserErrorException>(() => Open(file)).Message;
        Assert.Contains($"'{Masked}' is F32 [40000, 13000]; expected F32 [64, 32, 3, 3]", refused, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Theory]
    [InlineData("safetensors")]
    [InlineData("npz")]
    public void Masks_and_counters_may_be_left_out(string ending)
    {
        var (file, tensors) = (_folder.File($"w.{ending}"), Whole());
        foreach (
            var name in tensors.Keys.Where(name =>
                name.StartsWith("mask/", StringComparison.Ordinal) || name.EndsWith("tracked", StringComparison.Ordinal)
            )
        )
        {
            tensors.Remove(name);
        }

        NaiveWeights.Write(file, tensors);
        using var opened = Open(file);
        Assert.True(opened.GuessesMasks);
    }

    private static WeightImport Open(string file) => WeightImport.Open(file, Plan());

    private static RunPlan Plan() =>
        new(
            new RunOptions
            {
                Model = new() { Name = "wrn-10-1" },
                Ensemble = new() { Heads = 2, BlocksInHead = 1 },
                Topology = new() { Density = 0.3 },
                Training = new() { Batch = 4 },
            },
            new(new(3, 8, 8), 10, 8),
            new ModelCatalogue()
        );

    // With masks, which are drawn.
    private Dictionary<string, NaiveTensor> Whole()
    {
        var (plan, file) = (Plan(), _folder.File("whole.safetensors"));
        using (var output = File.Create(file))
        {
            new WeightExport(plan, 7, Load, masks: true).WriteSafetensors(output, new Dictionary<string, string>());
        }

        return NaiveWeights.Read(file);

        OwnerTensors Load(OwnerId owner)
        {
            var tensors = OwnerTensors.Initialise(plan.Part(owner), owner.Seed(5), CPU, plan.MasterType);
            plan.DrawMasks(tensors, owner);
            return tensors;
        }
    }

    // In the headers as often as anywhere: of safetensors they stand at the start, of an archive at the end.
    private static byte[] Damage(byte[] whole, Random random)
    {
        var edge = Math.Min(whole.Length, 20_000);
        var place = random.Next(3) switch
        {
            0 => random.Next(edge),
            1 => whole.Length - 1 - random.Next(edge),
            _ => random.Next(whole.Length),
        };
        var bytes = whole.ToArray();
        switch (random.Next(5))
        {
            case 0:
                return bytes[..place];
            case 1:
                return [.. bytes[..place], .. bytes[(place + 1)..]];
            case 2:
                return [.. bytes[..place], (byte)random.Next(256), .. bytes[place..]];
            case 3:
                random.NextBytes(bytes.AsSpan(place, Math.Min(8, bytes.Length - place)));
                return bytes;
            default:
                bytes[place] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}

using NeuroTrails.Client.Cli;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Samples;
using NeuroTrails.Silo;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Client;

/// <summary><c>describe</c> and <c>export</c>.</summary>
public sealed class NetworkVerbsTests : ClientFixture
{
    private const string Small =
        "describe wrn-10-1 --shape 1x28x28 --set ensemble.heads=2 --set ensemble.blocks_in_head=1 --set topology.density=0.5";

    [Fact]
    public async Task A_network_is_shown_block_by_block()
    {
        Assert.Equal(0, await RunAsync(Small.Split(' ')));
        Assert.StartsWith(
            "wrn-10-1, neurotrails: 2 heads of 1 block on a shared backbone\ndensity 0.500, samples [1, 28, 28], 10 classes\n",
            Output,
            StringComparison.Ordinal
        );
        Assert.Contains("\n├─ stem", Output, StringComparison.Ordinal);
        Assert.Contains("\n└─ tail", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("conv1", Output, StringComparison.Ordinal);
        Assert.All(Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));

        // By hand: conv 16·16·3·3 + conv 16·16·3·3 + two norms of 2·16.
        Assert.Contains("├─ block0", Output, StringComparison.Ordinal);
        Assert.Matches(@"└─ block1 +\[32, 14, 14\] +14\.43 k", Output);
    }

    [Fact]
    public async Task Operations_are_shown_when_asked_for()
    {
        Assert.Equal(0, await RunAsync([.. Small.Split(' '), "--operations"]));
        Assert.Contains("│  ├─ bn1: batch norm", Output, StringComparison.Ordinal);
        Assert.Matches(@"shortcut: conv 1×1, stride 2 +\[32, 14, 14\] +512 ", Output);
        Assert.All(Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData(false, "  backbone_block1 --> head0_block2\n")]
    [InlineData(true, "  subgraph head1s [\"head 1\"]\n")]
    public async Task A_drawing_for_Mermaid_joins_the_heads_to_the_backbone(bool operations, string expected)
    {
        Assert.Equal(0, await RunAsync([.. Small.Split(' '), "--mermaid", .. operations ? ["--operations"] : Array.Empty<string>()]));
        Assert.StartsWith("flowchart TD\n", Output, StringComparison.Ordinal);
        Assert.Contains(expected, Output, StringComparison.Ordinal);
        Assert.EndsWith("  mean([\"mean of 2 heads\"])\n", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("describe wrn-11-1", "There is no model 'wrn-11-1'")]
    [InlineData("describe wrn-11-1", "of at least 1. Change MODEL.")]
    [InlineData("describe wrn-10-1 --shape 5", "Change MODEL (mlp takes any shape)")]
    [InlineData("describe mlp --shape 3x", "--shape: `3x` is no shape of samples; allowed: CxHxW")]
    [InlineData("describe mlp --classes 1", "--classes: 1 is not possible; allowed: 2 or more")]
    [InlineData("describe mlp --set ensemble.blocks_in_head=9", "Change ensemble.blocks_in_head")]
    [InlineData("describe no/such/run", "there is no such folder")]
    public async Task What_cannot_be_described_is_told(string line, string expected)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ')));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_the_host_registered_is_shown_by_its_name_and_in_its_runs()
    {
        var models = new ModelCatalogue();
        PatchMixer.Register(models);
        Assert.Equal(0, await CommandLine.RunAsync(["describe", "patch-mixer", "--shape", "1x16x16"], Host with { Models = models }));
        Assert.StartsWith("patch-mixer, neurotrails: 3 heads", Output, StringComparison.Ordinal);
        Assert.Contains("├─ block0", Output, StringComparison.Ordinal);

        var run = MakeRun("run");
        var config = Path.Combine(run, "config.yaml");
        File.WriteAllText(config, File.ReadAllText(config).Replace("name: wrn-10-1", "name: patch-mixer", StringComparison.Ordinal));
        var options = RunOptionsReader.Parse(File.ReadAllText(config));
        var (_, record, _) = RunDataRecord.Open(new CatalogueDataSource(), options, null);
        File.WriteAllText(Path.Combine(run, "data.json"), DataRecordFile.Write(record));
        Assert.Equal(0, await CommandLine.RunAsync(["describe", run], Host with { Models = models }));
        Assert.Contains("density 0.200, samples [1, 16, 16], 10 classes", Output, StringComparison.Ordinal);

        // A program's own network, and another program.
        Assert.Equal(2, await RunAsync("describe", run));
        Assert.Contains("'patch-mixer' came from the program that trained it, and is not known here", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runs_own_settings_are_not_set_again()
    {
        Assert.Equal(2, await RunAsync("describe", MakeRun("run"), "--classes", "3"));
        Assert.Contains("leave out --set, --shape and --classes", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_asks_the_engine_and_says_what_came_of_it()
    {
        var (run, file) = (MakeRun("run"), Path.Combine(Folder, "m.onnx"));
        Assert.Equal(0, await RunAsync("export", "--run", run, "--checkpoint", "best", "--output", file, "--force"));
        var asked = Assert.IsType<ExportRequest>(Assert.Single(Engine.Asked));
        Assert.Equal((run, true, file, true), (asked.RunFolder, asked.Checkpoint.IsBest, asked.OutputFile, asked.Force));
        Assert.Equal($"3 heads, checkpoint of step 100, 1,234,567 bytes: {file}; the model takes samples as they are stored\n", Output);
    }

    [Fact]
    public async Task Export_knows_its_formats()
    {
        Assert.Equal(2, await RunAsync("export", "--run", MakeRun("run"), "--output", "m.pb", "--format", "tensorflow"));
        Assert.Contains("onnx", Error, StringComparison.Ordinal);
        Assert.Empty(Engine.Asked);
    }

    [Theory]
    [InlineData("w.safetensors", "--masks", ExportFormat.Safetensors, true)]
    [InlineData("w.NPZ", "", ExportFormat.Npz, false)]
    [InlineData("w.bin", "--format npz", ExportFormat.Npz, false)]
    [InlineData("w", "--format onnx", ExportFormat.Onnx, false)]
    public async Task Exports_format_is_named_or_the_files_ending(string file, string more, ExportFormat format, bool masks)
    {
        string[] typed = more.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, await RunAsync(["export", "--run", MakeRun("run"), "--output", file, .. typed]));
        var asked = Assert.IsType<ExportRequest>(Assert.Single(Engine.Asked));
        Assert.Equal((format, masks), (asked.Format, asked.Masks));
        Assert.Contains(
            format == ExportFormat.Onnx ? "; the model takes" : "; weights under names of our own",
            Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("w.bin", "", "`w.bin` ends in .bin, which names no format. Allowed: .onnx, .safetensors, .npz; or name one by --format.")]
    [InlineData("w", "", "ends in no extension")]
    [InlineData("w.npz", "--format onnx", "--format is onnx, but --output `w.npz` ends in .npz. Let them agree")]
    [InlineData("w.onnx", "--masks", "--masks goes with weights: --format safetensors or npz.")]
    public async Task What_cannot_be_exported_is_refused_before_anything_is_read(string file, string more, string expected)
    {
        string[] typed = more.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, await RunAsync(["export", "--run", MakeRun("run"), "--output", file, .. typed]));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Empty(Engine.Asked);
    }
}

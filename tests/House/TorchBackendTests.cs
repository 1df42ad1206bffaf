using System.Diagnostics;
using System.Text.Json;

namespace NeuroTrails.Tests.House;

/// <summary>Which libtorch the project files ask for. They are evaluated, not restored: the CUDA packages need not be at hand.</summary>
public sealed class TorchBackendTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("cpu", null, false)]
    [InlineData("cuda-linux", null, true)]
    [InlineData(null, "cuda-linux", true)]
    [InlineData("cpu", "cuda-linux", false)]
    public async Task Cuda_is_asked_for_only_where_it_is_wanted(string? property, string? variable, bool cuda)
    {
        var asked = await EvaluateAsync("client/NeuroTrails.Client.csproj", property, variable);
        Assert.Equal(
            cuda ? "TorchSharp-cuda-linux" : "libtorch-cpu-linux-x64",
            Assert.Single(asked["PackageReference"], name => name.Contains("torch", StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public async Task Every_package_has_its_exact_version()
    {
        foreach (var project in Repository.Files(".csproj"))
        {
            var items = await EvaluateAsync(project, "cuda-linux", null);
            Assert.Empty(items["PackageReference"].Except(items["PackageVersion"]));
        }

        Assert.All(
            Repository.Lines("Directory.Packages.props").Where(line => line.Contains("<PackageVersion ", StringComparison.Ordinal)),
            line => Assert.Matches("Version=\"\\d+\\.\\d+\\.\\d+(-beta\\.\\d+)?\"", line)
        );
    }

    [Fact]
    public void Only_the_library_names_a_torch_package() =>
        Assert.All(
            Repository.Files(".csproj").Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)),
            file =>
                Assert.Equal(
                    file == "shared/NeuroTrails/NeuroTrails.csproj",
                    Repository.Lines(file).Any(line => line.Contains("PackageReference Include=\"TorchSharp", StringComparison.Ordinal))
                )
        );

    private static async Task<IReadOnlyDictionary<string, string[]>> EvaluateAsync(string project, string? property, string? variable)
    {
        ProcessStartInfo start = new("dotnet", ["msbuild", project, "-getItem:PackageVersion,PackageReference", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root(),
        };
        if (property is not null)
        {
            start.ArgumentList.Add($"-p:TorchBackend={property}");
        }

        start.Environment["TorchBackend"] = variable;
        using var process = Process.Start(start)!;
        using var answer = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return answer
            .RootElement.GetProperty("Items")
            .EnumerateObject()
            .ToDictionary(
                item => item.Name,
                item => item.Value.EnumerateArray().Select(entry => entry.GetProperty("Identity").GetString()!).ToArray()
            );
    }
}

using System.Diagnostics;
using System.Reflection;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.House;

/// <summary>The libraries as packages: packed into a folder, installed from there into a plain console project, used by the
/// sample.</summary>
public sealed class PackageTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plain_console_project_installs_them_from_a_folder_and_trains_on_its_own_arrays()
    {
        using var folder = new TemporaryFolder();
        var feed = folder.File("feed");
        var built = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        await DotnetAsync(Repository.Root(), "pack", "NeuroTrails.sln", "-c", built, "--no-build", "-o", feed);
        Assert.Equal(
            ["NeuroTrails", "NeuroTrails.Contracts", "NeuroTrails.Core", "NeuroTrails.Grains", "NeuroTrails.Silo"],
            Directory.EnumerateFiles(feed).Select(file => Path.GetFileName(file).Split(".0.")[0]).Order(StringComparer.Ordinal)
        );

        var app = Directory.CreateDirectory(folder.File("app")).FullName;
        File.Copy(Path.Combine(Repository.Root(), "samples", "OwnData", "Program.cs"), Path.Combine(app, "Program.cs"));
        await File.WriteAllTextAsync(Path.Combine(app, "app.csproj"), Project(feed, folder.File("packages")), Stop);
        await DotnetAsync(app, "build", "-c", "Release", "-o", "out");
        var said = await DotnetAsync(app, Path.Combine("out", "app.dll"));
        Assert.Matches(@"(?s)^step 14: 0\.\d{3}\n.*\nFinished after 420 steps: accuracy 0\.9\d{2}\n", said);
        Assert.EndsWith("\nthe middle is class 1, the corner class 0\n", said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(app, "runs", "rings", "summary.json")));
        Assert.StartsWith(
            "AlreadyFinished after 420 steps",
            await DotnetAsync(app, Path.Combine("out", "app.dll")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_sample_is_a_program_of_less_than_40_lines() =>
        Assert.InRange(
            Repository
                .Lines("samples/OwnData/Program.cs")
                .Count(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal)),
            1,
            39
        );

    // Packages that are on this machine already are taken from there; ours are never, for theirs might be older ones of the same version.
    private static string Project(string feed, string packages)
    {
        var torch = typeof(PackageTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(known => known.Key == "TorchSharpPackage");
        var known = Path.GetFullPath(Path.Combine(torch.Value!, "..", ".."));
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{packages}</RestorePackagesPath>
                <RestoreFallbackFolders>{known}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NeuroTrails.Silo" Version="0.1.0" />
                <PackageReference Include="libtorch-cpu-linux-x64" Version="2.10.0" />
              </ItemGroup>
            </Project>
            """;
    }

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [.. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        Assert.True(
            process.ExitCode == 0,
            $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await error}"
        );
        return await output;
    }
}

using System.Diagnostics;

namespace NeuroTrails.Tests.Chaos;

/// <summary>The command line as a process of its own.</summary>
internal static class ClientProcess
{
    public static Process Start(params string[] arguments) => StartIn(Path.GetTempPath(), arguments);

    /// <summary>The same with a place of its own for what it leaves behind when it fails.</summary>
    public static Process StartIn(string temporaryFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NeuroTrails.Client.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["TMPDIR"] = temporaryFolder;
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    public static async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}

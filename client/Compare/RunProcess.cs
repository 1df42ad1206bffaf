using System.Diagnostics;
using NeuroTrails.Client.Cli;

namespace NeuroTrails.Client.Compare;

/// <summary>
/// One run as a process of its own, so that what ends it ends nothing else. It ends in good order, with a checkpoint, as soon as its
/// standard input does: when it is asked to, and also when this process is killed.
/// </summary>
internal sealed class RunProcess : IDisposable
{
    // The shell only opens the files, which a pipe of ours would not outlive; the program then takes its place.
    private const string Redirect = "out=$1 err=$2; shift 2; exec \"$@\" >>\"$out\" 2>\"$err\"";
    private const int MostLetters = 1000;
    private const int KilledBySignal = 128;
    private readonly Process _process;
    private readonly string _errors;

    private RunProcess(Process process, string errors) => (_process, _errors) = (process, errors);

    public static RunProcess Start(IEnumerable<string> words, string log, string errors)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        foreach (var word in (string[])["-c", Redirect, "sh", log, errors, .. Program(), .. words])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment[Interruption.Watched] = "1";
        return new(Process.Start(start)!, errors);
    }

    // Asks for an end in good order.
    public void Stop() => _process.StandardInput.Close();

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public string LastWords()
    {
        var code = _process.ExitCode;
        string[] lines = File.Exists(_errors) ? [.. File.ReadLines(_errors).Where(line => line.Trim().Length > 0)] : [];
        // A message may go on in lines that begin with blanks; where the run stands is told below it.
        var last = Array.FindLastIndex(
            lines,
            line => !char.IsWhiteSpace(line[0]) && !line.StartsWith("run folder:", StringComparison.Ordinal)
        );
        var text =
            last < 0
                ? string.Empty
                : string.Join(
                    ' ',
                    lines[last..].TakeWhile((line, at) => at == 0 || char.IsWhiteSpace(line[0])).Select(line => line.Trim())
                );
        return code > KilledBySignal && code != ExitCode.Interrupted
                ? FormattableString.Invariant(
                    $"its process was ended by signal {code - KilledBySignal}{(code == 137 ? "; memory may have run out" : string.Empty)}"
                )
            : text.Length == 0 ? FormattableString.Invariant($"its process ended with exit code {code} and said nothing")
            : text.Length > MostLetters ? text[..MostLetters] + "…"
            : text;
    }

    public void Dispose() => _process.Dispose();

    // This very build, by the host that runs it; a program of another name has its host in the path.
    private static string[] Program()
    {
        var library = typeof(RunProcess).Assembly.Location;
        var own = Environment.ProcessPath ?? string.Empty;
        return Path.GetFileNameWithoutExtension(own) switch
        {
            "dotnet" => [own, library],
            var name when name == Path.GetFileNameWithoutExtension(library) => [own],
            _ => ["dotnet", library],
        };
    }
}

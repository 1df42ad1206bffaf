using NeuroTrails.Client.Cli;
using NeuroTrails.Configuration;

namespace NeuroTrails.Tests.Client;

/// <summary>The command line around a fake engine, with a folder of its own.</summary>
public abstract class ClientFixture : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    internal FakeEngine Engine { get; } = new();

    internal FakeCluster Cluster { get; } = new();

    protected string Folder { get; } = Directory.CreateTempSubdirectory("neurotrails-client-").FullName;

    protected string Output => _output.ToString();

    protected string Error => _error.ToString();

    protected CancellationTokenSource Interruption { get; } = new();

    /// <summary>The environment that verbs see; empty unless a test fills it.</summary>
    protected Dictionary<string, string> Variables { get; } = [];

    internal ClientHost Host =>
        new()
        {
            Engine = () => Engine,
            Cluster = () => Cluster,
            Output = _output,
            Error = _error,
            Interrupted = Interruption.Token,
            Variable = Variables.GetValueOrDefault,
            LogFolder = Folder,
        };

    protected Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args, Host);

    /// <summary>Makes a folder look like a run.</summary>
    protected string MakeRun(string name, string preset = "quickstart")
    {
        var folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.yaml"), RunOptionsWriter.ToYaml(new RunOptionsReader().AddPreset(preset).Read()));
        return folder;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Interruption.Dispose();
        GC.SuppressFinalize(this);
    }
}

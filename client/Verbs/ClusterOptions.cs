using System.CommandLine;
using System.Text.RegularExpressions;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>Options of the verbs that talk to a cluster.</summary>
internal sealed partial class ClusterOptions
{
    /// <summary>Environment variable that stands in for --cluster.</summary>
    public const string Variable = "NEUROTRAILS_CLUSTER";

    private readonly TlsOptions _tls = new();

    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = $"The cluster: HOST:PORT of a silo's gateway, or the connection string of its PostgreSQL database; default ${Variable}",
        HelpName = "HOST:PORT|CONNECTION",
    };

    private readonly Option<string> _id = new("--cluster-id") { Description = "Name of the cluster", HelpName = "NAME", DefaultValueFactory = _ => "neurotrails" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _cluster, _id }.Concat(_tls.All))
        {
            command.Add(option);
        }
    }

    /// <summary>The cluster that was named.</summary>
    /// <exception cref="UserErrorException">None was.</exception>
    public ClusterAddress Read(ParseResult parsed, ClientHost host) => TryRead(parsed, host)
        ?? throw new WrongUsageException($"Say which cluster: --cluster HOST:PORT (the gateway that a silo prints when it starts) or --cluster CONNECTION (its PostgreSQL database), or set {Variable}.");

    /// <summary>The cluster that was named; null where none was.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="host">Knows the environment.</param>
    /// <param name="orVariable">Whether the variable may stand in for the option.</param>
    public ClusterAddress? TryRead(ParseResult parsed, ClientHost host, bool orVariable = true)
    {
        var text = parsed.GetValue(_cluster) ?? (orVariable ? host.Variable(Variable) : null);
        return string.IsNullOrWhiteSpace(text) ? null : new(text, parsed.GetValue(_id)!, _tls.Read(parsed, host));
    }

    /// <summary>The words by which the cluster was named on this command line, to name it again; none where a variable did.</summary>
    /// <remarks>A password is left out: what is printed may be kept where it should not.</remarks>
    public IReadOnlyList<string> AsTyped(ParseResult parsed) =>
    [
        .. from option in _tls.All.Prepend(_id).Prepend(_cluster)
           where parsed.GetResult(option) is { Implicit: false }
           from word in new[] { option.Name, Password().Replace(parsed.GetResult(option)!.Tokens[0].Value, string.Empty) }
           select word,
    ];

    /// <summary>The first option that means a cluster where none was named, so that it would be passed over; null where there is none.</summary>
    public Option? Stray(ParseResult parsed) => _tls.All.Prepend(_id).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });

    [GeneratedRegex("(?<=^|;)\\s*(?:Password|PWD)\\s*=\\s*(?:'[^']*'|\"[^\"]*\"|[^;]*);?", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}

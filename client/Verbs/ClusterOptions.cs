using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>Options of the verbs that talk to a cluster.</summary>
internal sealed class ClusterOptions
{
    public const string Variable = "NEUROTRAILS_CLUSTER";

    private readonly TlsOptions _tls = new();
    private readonly RedisOptions _redis = new();
    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = $"The cluster, by a silo's gateway; default ${Variable}",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string> _id = new("--cluster-id")
    {
        Description = "Name of the cluster",
        HelpName = "NAME",
        DefaultValueFactory = _ => "neurotrails",
    };

    public void AddTo(Command command)
    {
        foreach (var option in Own)
        {
            command.Add(option);
        }
    }

    public ClusterAddress Read(ParseResult parsed, ClientHost host) =>
        TryRead(parsed, host)
        ?? throw new WrongUsageException(
            $"Say which cluster: --cluster HOST:PORT (the gateway that a silo prints when it starts) or --redis HOST:PORT (its Redis "
                + $"server), or set {Variable} or {RedisOptions.Variable}."
        );

    public ClusterAddress? TryRead(ParseResult parsed, ClientHost host, bool orVariable = true)
    {
        var gateway = parsed.GetValue(_cluster);
        if (gateway is not null && _redis.IsTyped(parsed))
        {
            throw new WrongUsageException("Give --cluster or --redis, not both: a gateway is one silo's, Redis knows them all.");
        }

        // What was typed goes before any variable, and a gateway's before Redis'.
        gateway ??= orVariable && !_redis.IsTyped(parsed) ? host.Variable(Variable) : null;
        var redis = string.IsNullOrWhiteSpace(gateway) ? _redis.Read(parsed, host, orVariable) : null;
        if (gateway?.Contains('=', StringComparison.Ordinal) is true)
        {
            throw new WrongUsageException(
                "--cluster takes the HOST:PORT of a silo's gateway, not the connection string of a database: clusters meet in Redis, "
                    + "which --redis HOST:PORT names."
            );
        }

        return string.IsNullOrWhiteSpace(gateway) && redis is null
            ? null
            : new(string.IsNullOrWhiteSpace(gateway) ? null : gateway, parsed.GetValue(_id)!, _tls.Read(parsed, host), redis);
    }

    // The words by which the cluster was named on this command line, to name it again; none where a variable did.
    public IReadOnlyList<string> AsTyped(ParseResult parsed) =>
        [
            .. from option in Own
            let result = parsed.GetResult(option)
            where result is { Implicit: false }
            from word in result.Tokens.Select(token => token.Value).Prepend(option.Name)
            select word,
        ];

    // The first option that means a cluster where none was named, so that it would be passed over; null where there is none.
    public Option? Stray(ParseResult parsed) => Own.Skip(1).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });

    private IEnumerable<Option> Own => [_cluster, _id, .. _redis.All, .. _tls.All];
}

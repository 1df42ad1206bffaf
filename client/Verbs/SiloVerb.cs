using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

internal sealed class SiloVerb : IVerb
{
    private readonly Option<string> _name = new("--name")
    {
        Description = "Name of the silo, unique in its cluster",
        HelpName = "NAME",
        Required = true,
    };
    private readonly Option<string> _id = new("--cluster-id")
    {
        Description = "Name of the cluster",
        HelpName = "NAME",
        DefaultValueFactory = _ => "neurotrails",
    };
    private readonly Option<string> _devices = new("--devices")
    {
        Description = "Devices that it offers: auto, cpu, cuda:N or a list",
        HelpName = "LIST",
        DefaultValueFactory = _ => "auto",
    };
    private readonly RedisOptions _redis = new();
    private readonly Option<string?> _postgres = new("--postgres") { Hidden = true };
    private readonly Option<string?> _primary = new("--primary")
    {
        Description = "Without Redis: the first silo's HOST:PORT; the first one leaves it out",
        HelpName = "HOST:PORT",
    };
    private readonly Option<string> _host = new("--host")
    {
        Description = "Address to listen on and to be known by; others reach only what is not loopback",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1",
    };
    private readonly Option<int> _siloPort = BenchOptions.Count("--silo-port", "Port for other silos; 0 takes a free one", 0, 0);
    private readonly Option<int> _gatewayPort = BenchOptions.Count("--gateway-port", "Port for clients; 0 takes a free one", 0, 0);
    private readonly Option<int> _tensorPort = BenchOptions.Count(
        "--tensor-port",
        "Port from which other silos fetch tensors; 0 takes a free one",
        0,
        0
    );
    private readonly Option<int?> _healthPort = new("--health-port")
    {
        Description = "Port for /health/live and /health/ready alone; --web answers them too",
        HelpName = "PORT",
    };
    private readonly WebOptions _web = new();
    private readonly TlsOptions _tls = new();
    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Listen beyond loopback without TLS: whoever reaches the silo then commands the cluster",
    };
    private readonly Option<string> _runs = new("--runs")
    {
        Description = "Folder of the runs, the same storage for every silo",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs",
    };
    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder with a folder for each data set, the same for every silo",
        HelpName = "DIR",
    };
    private readonly Option<double> _probe = new("--probe-seconds")
    {
        Description = "Seconds between probes of a silo, 0.5 to 60",
        HelpName = "S",
        DefaultValueFactory = _ => new FailureDetection().ProbeSeconds,
    };
    private readonly Option<int> _missed = BenchOptions.Count(
        "--probes-missed",
        "Probes missed until a silo is declared dead",
        new FailureDetection().MissedProbes,
        1
    );
    private readonly Option<string?> _telemetry = SharedOptions.Telemetry();

    public string Name => "silo";

    public IReadOnlyList<string> Examples { get; } =
    [
        "silo --name a --devices cpu --silo-port 11111 --gateway-port 30000",
        "silo --name b --devices cpu --primary 127.0.0.1:11111",
        "silo --name a --devices cuda:0,cuda:1 --redis redis.lab:6379 --host 10.0.0.5 --insecure --runs /shared/runs",
        "silo --name a --web 8123",
        "silo --name a --tls-certificate a.pem --tls-key a.key --tls-ca ca.pem",
    ];

    public Command Build(ClientHost host)
    {
        var command = new Command(Name, "Is a node of a cluster; Ctrl-C or SIGTERM hands its owners over and leaves (docs/cluster.md)")
        {
            _name,
            _id,
            _devices,
            _primary,
            _host,
            _siloPort,
            _gatewayPort,
            _tensorPort,
            _healthPort,
            _runs,
            _data,
            _probe,
            _missed,
            _telemetry,
        };
        foreach (var option in _redis.All.Concat(_tls.All).Concat(_web.All).Append(_postgres))
        {
            command.Add(option);
        }

        command.Add(_insecure);

        command.SetAction(
            (parsed, _) =>
                Failures.GuardAsync(
                    host,
                    parsed,
                    async () =>
                    {
                        await host.Cluster().RunSiloAsync(Read(parsed, host), host.Output.WriteLine, host.Interrupted);
                        return ExitCode.Success;
                    }
                )
        );
        return command;
    }

    private SiloRequest Read(ParseResult parsed, ClientHost host)
    {
        var name = parsed.GetValue(_name)!;
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            throw new WrongUsageException($"--name '{name}' is no name for a silo. Allowed: letters, digits and hyphens.");
        }

        if (parsed.GetResult(_postgres) is not null)
        {
            throw new WrongUsageException(
                "--postgres is no option any more: the silos of a cluster meet in Redis, which --redis HOST:PORT names (docs/cluster.md)."
            );
        }

        if (_redis.IsTyped(parsed) && parsed.GetValue(_primary) is not null)
        {
            throw new WrongUsageException("Give --redis or --primary, not both: a cluster meets in Redis or at its first silo.");
        }

        var (probe, missed) = (parsed.GetValue(_probe), parsed.GetValue(_missed));
        if (missed > 20)
        {
            throw new WrongUsageException($"--probes-missed {missed} is out of range. Allowed: 1 to 20.");
        }

        return probe is >= 0.5 and <= 60
            ? new()
            {
                Name = name,
                ClusterId = parsed.GetValue(_id)!,
                Devices = [parsed.GetValue(_devices)!],
                Redis = _redis.Read(parsed, host, orVariable: parsed.GetValue(_primary) is null),
                Primary = parsed.GetValue(_primary),
                Host = parsed.GetValue(_host)!,
                SiloPort = Port(_siloPort.Name, parsed.GetValue(_siloPort)),
                GatewayPort = Port(_gatewayPort.Name, parsed.GetValue(_gatewayPort)),
                TensorPort = Port(_tensorPort.Name, parsed.GetValue(_tensorPort)),
                HealthPort = parsed.GetValue(_healthPort) is { } health ? Port(_healthPort.Name, health, least: 1) : null,
                Web = _web.Read(parsed, host),
                Tls = _tls.Read(parsed, host),
                Insecure = parsed.GetValue(_insecure),
                RunsFolder = Path.GetFullPath(parsed.GetValue(_runs)!),
                DataFolder = parsed.GetValue(_data) is { } data ? Path.GetFullPath(data) : null,
                FailureDetection = new() { ProbeSeconds = probe, MissedProbes = missed },
                ConsoleTelemetry = SharedOptions.ReadTelemetry(parsed.GetValue(_telemetry)),
            }
            : throw new WrongUsageException($"--probe-seconds {probe} is out of range. Allowed: 0.5 to 60.");
    }

    private static int Port(string option, int port, int least = 0) =>
        port >= least && port < 65536
            ? port
            : throw new WrongUsageException(
                $"{option} {port} is no port. Allowed: 1 to 65535{(least == 0 ? ", or 0 for a free one" : string.Empty)}."
            );
}

using System.CommandLine;
using NeuroTrails.Client.Cli;

namespace NeuroTrails.Tests.House;

/// <summary>No container is started: what the compose file and the images say is held against what
/// the program understands and the documents tell.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Silos = ["silo-a", "silo-b"];
    private static readonly string[] Dockerfiles = ["Dockerfile", "Dockerfile.cuda"];
    private readonly ComposeFile _compose = ComposeFile.Read("docker-compose.yml");

    [Fact]
    public void There_are_a_Redis_server_two_silos_a_client_and_a_dashboard()
    {
        Assert.Equal(["client", "dashboard", "redis", .. Silos], _compose.Services.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith("redis:7", _compose.Services["redis"].Text("image"), StringComparison.Ordinal);
        Assert.Equal(["client"], _compose.Services["client"].List("profiles"));
        Assert.All(_compose.Services.Where(service => service.Key != "client"), service => Assert.Empty(service.Value.List("profiles")));
    }

    [Fact]
    public void Every_service_has_an_image_with_a_version_and_every_build_its_file()
    {
        foreach (var (name, service) in _compose.Services)
        {
            Assert.Matches("^[a-z./-]+:[a-z0-9.]+$", service.Text("image"));
            Assert.DoesNotContain(":latest", service.Text("image"), StringComparison.Ordinal);
            var build = service.Map("build");
            Assert.Equal(name is "client" or "silo-a" or "silo-b", build.Count > 0);
            Assert.True(
                build.Count == 0 || File.Exists(Path.Combine(Repository.Root(), (string)build["context"]!, (string)build["dockerfile"]!)),
                $"{name} is built from a file that is not there."
            );
        }
    }

    [Fact]
    public void Silos_come_back_and_everybody_waits_for_Redis()
    {
        foreach (var silo in Silos.Select(name => _compose.Services[name]))
        {
            Assert.Equal("always", silo.Text("restart"));
            Assert.Contains("/health/ready", silo.List("healthcheck", "test")[^1], StringComparison.Ordinal);
        }

        foreach (var name in Silos.Append("client"))
        {
            var condition = Assert.IsType<Dictionary<object, object?>>(_compose.Services[name].Map("depends_on")["redis"])["condition"];
            Assert.Equal("service_healthy", condition);
        }

        Assert.Contains("redis-cli", _compose.Services["redis"].List("healthcheck", "test")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Redis_writes_down_each_change_before_it_answers_and_keeps_it()
    {
        var redis = _compose.Services["redis"];
        var command = redis.List("command")[^1];
        Assert.Contains("--appendonly yes", command, StringComparison.Ordinal);
        Assert.Contains("--appendfsync always", command, StringComparison.Ordinal);
        Assert.Contains("requirepass", command, StringComparison.Ordinal);
        Assert.Contains("redis:/data", redis.List("volumes"));
    }

    [Fact]
    public void Every_volume_is_declared_and_used_and_silos_share_theirs()
    {
        var mounts = _compose.Services.SelectMany(service => service.Value.List("volumes")).ToList();
        Assert.Equal(
            _compose.Map("volumes").Keys.Cast<string>().Order(StringComparer.Ordinal),
            mounts.Select(mount => mount.Split(':')[0]).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(mounts, mount => Assert.StartsWith("/", mount.Split(':')[1], StringComparison.Ordinal));
        foreach (var silo in Silos.Select(name => _compose.Services[name]))
        {
            var folders = silo.List("volumes").Select(mount => mount.Split(':')[1]).ToList();
            Assert.Contains(silo.List("command").Single(word => word.StartsWith("--runs=", StringComparison.Ordinal))[7..], folders);
            Assert.Contains(silo.List("command").Single(word => word.StartsWith("--data=", StringComparison.Ordinal))[7..], folders);
        }

        Assert.Equal(_compose.Services["silo-a"].List("volumes"), _compose.Services["silo-b"].List("volumes"));
    }

    [Fact]
    public void Ports_are_open_to_this_machine_only()
    {
        var ports = _compose.Services.SelectMany(service => service.Value.List("ports")).ToList();
        Assert.NotEmpty(ports);
        Assert.All(ports, port => Assert.Matches(@"^127\.0\.0\.1:[0-9]+:[0-9]+$", port));
        Assert.All(_compose.Services.Values, service => Assert.Null(service.Text("network_mode")));
    }

    [Fact]
    public void The_command_line_understands_every_command()
    {
        var root = CommandLine.Root(
            new ClientHost
            {
                Engine = () => throw new InvalidOperationException("Nothing is run."),
                Output = TextWriter.Null,
                Error = TextWriter.Null,
            }
        );
        foreach (var name in Silos.Append("client"))
        {
            var command = _compose.Services[name].List("command");
            Assert.NotEmpty(command);
            var parsed = root.Parse(command);
            Assert.True(parsed.Errors.Count == 0, $"{name}: {string.Join("; ", parsed.Errors)}");
            Assert.Equal(name == "client" ? "silos" : "silo", parsed.CommandResult.Command.Name);
        }
    }

    [Fact]
    public async Task A_silos_command_asks_for_what_the_file_means()
    {
        foreach (var name in Silos)
        {
            var cluster = new Client.FakeCluster();
            var host = new ClientHost
            {
                Engine = () => throw new InvalidOperationException("No engine is needed."),
                Cluster = () => cluster,
                Output = TextWriter.Null,
                Error = TextWriter.Null,
            };
            Assert.Equal(0, await CommandLine.RunAsync(_compose.Services[name].List("command"), host));
            var asked = Assert.IsType<NeuroTrails.Running.SiloRequest>(Assert.Single(cluster.Asked));
            Assert.Equal((name, name, "/runs", "/data"), ("silo-" + asked.Name, asked.Host, asked.RunsFolder, asked.DataFolder));
            Assert.Equal(_compose.Services[name].Text("hostname"), asked.Host);
            Assert.Equal("redis:6379", asked.Redis?.Endpoint);
            Assert.Contains($"http://{asked.Host}:{asked.HealthPort}/health/ready", _compose.Services[name].List("healthcheck", "test"));
        }
    }

    [Fact]
    public void No_password_stands_on_a_command_line_or_in_the_file()
    {
        Assert.All(
            _compose.Services.Values.SelectMany(service => service.List("command")),
            word => Assert.DoesNotContain("password", word, StringComparison.OrdinalIgnoreCase)
        );
        var file = Repository.Lines("docker-compose.yml");
        var secrets = file.Where(line =>
                line.Contains("PASSWORD:", StringComparison.Ordinal) || line.Contains("REDISCLI_AUTH:", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Equal(3, secrets.Count);
        Assert.All(secrets, line => Assert.Matches(@": \$\{REDIS_PASSWORD:\?", line));
        Assert.Contains("/.env", Repository.Lines(".gitignore"));
    }

    [Fact]
    public void Every_environment_variable_is_told_of_in_the_documents()
    {
        var documents = string.Concat(
            new[] { "docs/cluster.md", "docs/command-line.md", "docs/telemetry.md" }.SelectMany(Repository.Lines)
        );
        var variables = _compose.Services.Values.SelectMany(service => service.Map("environment").Keys.Cast<string>()).Distinct().ToList();
        Assert.NotEmpty(variables);
        Assert.All(variables, variable => Assert.Contains($"`{variable}`", documents, StringComparison.Ordinal));
        Assert.All(
            ComposeFile.Variables(".env.example").Keys,
            variable => Assert.Contains($"`{variable}`", documents, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_example_of_secrets_is_complete() =>
        Assert.Equal(
            ComposeFile.VariablesOf("docker-compose.yml").Order(StringComparer.Ordinal),
            ComposeFile.Variables(".env.example").Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Images_have_their_backend_and_run_without_root()
    {
        foreach (var file in Dockerfiles)
        {
            var lines = Repository.Lines(file);
            Assert.Equal(file == "Dockerfile.cuda", lines.Any(line => line.Contains("TorchBackend=cuda-linux", StringComparison.Ordinal)));
            var user = lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal));
            Assert.Contains(user, new[] { "USER $APP_UID", "USER 1654" });
            var project = Assert
                .Single(lines, line => line.Contains("dotnet publish ", StringComparison.Ordinal))
                .Split("dotnet publish ")[1]
                .Split(' ')[0];
            Assert.True(File.Exists(Path.Combine(Repository.Root(), project)), $"{file} publishes {project}, which is not there.");
            Assert.Contains($"ENTRYPOINT [\"dotnet\", \"/app/{Path.GetFileNameWithoutExtension(project)}.dll\"]", lines);
            Assert.All(
                lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)),
                line => Assert.Matches("^FROM [a-z0-9./-]+:[a-z0-9.-]+( AS [a-z]+)?$", line)
            );
        }
    }

    [Fact]
    public void Images_get_every_source_that_the_client_is_built_from()
    {
        var sent = Repository.Lines(".dockerignore").Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        foreach (var room in new[] { "client", "silo", "grains", "shared", "eng", "global.json", "Directory.*" })
        {
            Assert.Contains(room, sent);
        }

        Assert.DoesNotContain(sent, path => path.Contains(".env", StringComparison.Ordinal));
    }
}

using NeuroTrails.Client.Cli;
using YamlDotNet.RepresentationModel;

namespace NeuroTrails.Tests.House;

/// <summary>No cluster of Kubernetes is at hand: what its manifest says is held against what the program understands.</summary>
public sealed class KubernetesTests
{
    private readonly List<YamlMappingNode> _parts = Read();

    [Fact]
    public void There_are_redis_silos_a_shared_volume_and_services()
    {
        Assert.Equal(
            ["PersistentVolumeClaim/neurotrails", "Service/redis", "Service/silo", "StatefulSet/redis", "StatefulSet/silo"],
            _parts.Select(part => $"{part["kind"]}/{part["metadata"]["name"]}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(["--appendonly", "yes", "--appendfsync", "always"], Words(Container("redis")["args"]));
        Assert.Contains("ReadWriteMany", Words(Part("PersistentVolumeClaim", "neurotrails")["spec"]["accessModes"]));
        Assert.Contains(
            "untried",
            Repository.Lines("docs/cluster.md").Single(line => line.Contains("kubernetes.yaml", StringComparison.Ordinal)),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public void Each_option_of_a_silo_is_one_that_the_program_has()
    {
        var root = CommandLine.Root(
            new ClientHost
            {
                Engine = () => throw new InvalidOperationException("Nothing is run."),
                Output = TextWriter.Null,
                Error = TextWriter.Null,
            }
        );
        var words = Words(Container("silo")["args"]);
        var verb = root.Subcommands.Single(command => command.Name == words[0]);

        // By name only where it is the cluster's database: which one that is changes independently of this file.
        var known = verb.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--redis").ToHashSet();
        Assert.All(words.Skip(1), word => Assert.Contains(word.Split('=')[0], known));
        Assert.Equal("redis:6379", words.Single(word => word.StartsWith("--redis=", StringComparison.Ordinal))[8..]);
        List<string> typed =
        [
            .. words
                .Where(word => !word.StartsWith("--redis", StringComparison.Ordinal))
                .Select(word =>
                    word.Replace("$(POD_NAME)", "silo-0", StringComparison.Ordinal)
                        .Replace("$(POD_IP)", "10.0.0.1", StringComparison.Ordinal)
                ),
        ];
        Assert.Empty(root.Parse(typed).Errors);
        Assert.DoesNotContain(words, word => word.Contains("token", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Probes_ask_the_port_of_the_page_and_volumes_and_variables_are_there()
    {
        var silo = Container("silo");
        var ports = ((YamlSequenceNode)silo["ports"]).ToDictionary(port => $"{port["name"]}", port => $"{port["containerPort"]}");
        var words = Words(silo["args"]);
        foreach (var (option, name) in new[] { ("--silo-port", "silo"), ("--tensor-port", "tensors"), ("--gateway-port", "gateway") })
        {
            Assert.Contains($"{option}={ports[name]}", words);
        }

        Assert.Contains($"--web=0.0.0.0:{ports["web"]}", words);
        foreach (
            var (probe, path) in new[]
            {
                ("startupProbe", "/health/live"),
                ("livenessProbe", "/health/live"),
                ("readinessProbe", "/health/ready"),
            }
        )
        {
            Assert.Equal((path, "web"), ($"{silo[probe]["httpGet"]["path"]}", $"{silo[probe]["httpGet"]["port"]}"));
        }

        var variables = ((YamlSequenceNode)silo["env"]).Select(variable => $"{variable["name"]}").ToList();
        Assert.Contains(NeuroTrails.Silo.Web.WebEndpoint.TokenVariable, variables);
        Assert.All(
            words.Where(word => word.Contains("$(", StringComparison.Ordinal)),
            word => Assert.Contains(word.Split("$(")[1].TrimEnd(')'), variables)
        );
        var mount = $"{((YamlSequenceNode)silo["volumeMounts"])[0]["mountPath"]}";
        Assert.All(
            words.Where(word =>
                word.StartsWith("--runs=", StringComparison.Ordinal) || word.StartsWith("--data=", StringComparison.Ordinal)
            ),
            word => Assert.StartsWith(mount + "/", word[7..], StringComparison.Ordinal)
        );
        var spec = Part("StatefulSet", "silo")["spec"]["template"]["spec"];
        Assert.Equal("neurotrails", $"{((YamlSequenceNode)spec["volumes"])[0]["persistentVolumeClaim"]["claimName"]}");
        Assert.InRange(int.Parse($"{spec["terminationGracePeriodSeconds"]}", System.Globalization.CultureInfo.InvariantCulture), 121, 600);
    }

    private static List<YamlMappingNode> Read()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(string.Join('\n', Repository.Lines("deploy/kubernetes.yaml"))));
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    private static List<string> Words(YamlNode node) => [.. ((YamlSequenceNode)node).Select(word => $"{word}")];

    private YamlMappingNode Part(string kind, string name) =>
        _parts.Single(part => $"{part["kind"]}" == kind && $"{part["metadata"]["name"]}" == name);

    private YamlNode Container(string name) => ((YamlSequenceNode)Part("StatefulSet", name)["spec"]["template"]["spec"]["containers"])[0];
}

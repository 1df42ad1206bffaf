using NeuroTrails.Running;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Tests.Client;

/// <summary>The options of the live page, at the verbs that have it.</summary>
public sealed class WebOptionsTests : ClientFixture
{
    private const string Token = "0123456789abcdef";

    [Fact]
    public async Task A_silo_and_a_run_take_the_page()
    {
        Assert.Equal(0, await RunAsync("silo", "--name", "a", "--web", "8123"));
        Assert.Equal("127.0.0.1:8123", Assert.IsType<SiloRequest>(Assert.Single(Cluster.Asked)).Web!.Address.ToString());
        Assert.Equal(0, await RunAsync("train", "--preset", "quickstart", "--out", Path.Combine(Folder, "r"), "--web", "[::1]:8123"));
        Assert.Equal("[::1]:8123", Assert.IsType<TrainRequest>(Assert.Single(Engine.Asked)).Web!.Address.ToString());
    }

    [Fact]
    public async Task The_token_comes_from_a_file_or_a_variable_and_is_never_printed()
    {
        Variables[WebEndpoint.TokenVariable] = Token;
        Assert.Equal(0, await RunAsync("silo", "--name", "a", "--web", "0.0.0.0:8123"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "token"), Token + "-file\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync("silo", "--name", "a", "--web", "0.0.0.0:8123", "--web-token-file", Path.Combine(Folder, "token")));
        Assert.Equal([Token, Token + "-file"], Cluster.Asked.Cast<SiloRequest>().Select(asked => asked.Web!.Token!));
        Assert.DoesNotContain(Token, Output + Error + Cluster.Asked[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silo --name a --web 0.0.0.0:8123", "--web 0.0.0.0:8123 can be reached from other machines, so it needs a token")]
    [InlineData(
        "train --preset quickstart --web 0.0.0.0:8123",
        "--web 0.0.0.0:8123 can be reached from other machines, so it needs a token"
    )]
    [InlineData("silo --name a --web 70000", "--web 70000 is no [HOST:]PORT. Allowed: a port from 1 to 65535")]
    [InlineData("silo --name a --web-token-file t", "--web-token-file is for the live page; ask for that by --web [HOST:]PORT")]
    [InlineData("silo --name a --web 1 --web-token-file /nowhere/t", "--web-token-file /nowhere/t cannot be read")]
    [InlineData(
        "train --preset quickstart --cluster h:1 --web 8123",
        "--web is for runs in this process; in a cluster the silos have the page (silo --web). Leave --web out."
    )]
    [InlineData("watch /nowhere", "watch: `/nowhere` is not a run: there is no such folder")]
    public async Task Bad_input_is_explained(string line, string expected)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ')));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Asked);
        Assert.Empty(Engine.Asked);
    }

    [Fact]
    public async Task Watching_says_where_and_ends_with_Ctrl_C()
    {
        var run = MakeRun("r");
        var watching = RunAsync("watch", run);
        while (!Output.Contains('\n', StringComparison.Ordinal))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var url = Output.Trim()["live page: ".Length..];
        using var client = new HttpClient();
        Assert.Contains(
            "NeuroTrails",
            await client.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"id\":\"r\"",
            await client.GetStringAsync(new Uri(url + "api/overview"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        await Interruption.CancelAsync();
        Assert.Equal(0, await watching);
    }

    [Fact]
    public async Task A_page_at_a_taken_port_is_a_message_and_2()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        Assert.Equal(2, await RunAsync("watch", MakeRun("r"), "--web", $"{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}"));
        Assert.Contains("cannot be listened on", Error, StringComparison.Ordinal);
        Assert.Contains("Change --web.", Error, StringComparison.Ordinal);
    }
}

using NeuroTrails.Silo.Cluster.Postgres;
using Npgsql;

namespace NeuroTrails.Tests.Cluster;

/// <summary>What a user reads whose connection string is wrong.</summary>
public sealed class PostgresConnectionTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Secret = "hush'hush; hush";

    [Theory]
    [InlineData("")]
    [InlineData("postgres://me:hush@db/x")]
    [InlineData("Host=db;Password=a;hush b=c")]
    [InlineData("Host=db;Port=hush")]
    [InlineData("Username=me;Password=hush")]
    public void No_connection_string_is_an_error_at_once(string text)
    {
        var error = Assert.Throws<UserErrorException>(() => PostgresSettings.Parse(text));
        Assert.StartsWith("--postgres: it ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Host=localhost", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_connection_string_leaves_open_is_chosen_for_a_cluster()
    {
        var chosen = PostgresSettings.Parse("Host=db");
        Assert.Equal((5, 15, GssEncryptionMode.Disable, "neurotrails"), (chosen.Timeout, chosen.CommandTimeout, chosen.GssEncryptionMode, chosen.ApplicationName));
        var given = PostgresSettings.Parse("Host=db;Timeout=15;CommandTimeout=30;GSS Encryption Mode=Prefer;Application Name=mine");
        Assert.Equal((15, 30, GssEncryptionMode.Prefer, "mine"), (given.Timeout, given.CommandTimeout, given.GssEncryptionMode, given.ApplicationName));
    }

    [Fact]
    public async Task An_unreachable_server_is_named()
        => await AssertToldAsync(settings => settings.Port = 1, "no PostgreSQL server answers at ", ":1 (", "Start it, or correct Host and Port.");

    [Fact]
    public async Task A_wrong_password_is_told_but_not_shown()
        => await AssertToldAsync(settings => settings.Password = Secret, "refuses user `", "Correct Username and Password.");

    [Fact]
    public async Task A_missing_database_is_named()
        => await AssertToldAsync(settings => settings.Database = "nowhere", "has no database `nowhere`", "Create it (createdb) or correct Database.");

    [Fact]
    public async Task A_user_who_may_not_make_tables_is_told_so()
    {
        var user = new NpgsqlConnectionStringBuilder(await server.NewDatabaseAsync()).Database + "_poor";
        await server.DoAsync($"CREATE USER {user} PASSWORD '{Secret.Replace("'", "''", StringComparison.Ordinal)}'");
        try
        {
            await AssertToldAsync(settings => (settings.Username, settings.Password) = (user, Secret), $"user `{user}` may not make or use tables");
        }
        finally
        {
            await server.DoAsync($"DROP USER {user}");
        }
    }

    [Fact]
    public async Task A_server_that_comes_late_is_waited_for()
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        await server.StopAsync();
        var start = parts.Table.InitializeMembershipTable(true);
        await server.StartAsync();
        await start;
        Assert.Equal(0, (await parts.Table.ReadAll()).Version.Version);
    }

    private async Task AssertToldAsync(Action<NpgsqlConnectionStringBuilder> spoil, params string[] expected)
    {
        var settings = new NpgsqlConnectionStringBuilder(await server.NewDatabaseAsync());
        var password = settings.Password;
        spoil(settings);
        await using var parts = new PostgresParts(settings.ConnectionString, configure: options => options.FirstContact = TimeSpan.Zero);
        foreach (var use in (Func<Task>[])[() => parts.Table.InitializeMembershipTable(true), () => parts.Storage.ReadStateAsync("x", GrainId.Create("a", "b"), new GrainState<string>())])
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(use);
            Assert.StartsWith("--postgres: ", error.Message, StringComparison.Ordinal);
            Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
            Assert.All((string?[])[Secret, password], secret => Assert.DoesNotContain(secret!, error.ToString(), StringComparison.Ordinal));
        }
    }
}

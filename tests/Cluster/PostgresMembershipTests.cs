using static NeuroTrails.Tests.Cluster.MembershipEntries;

namespace NeuroTrails.Tests.Cluster;

/// <summary>The membership table against a real server.</summary>
public sealed class PostgresMembershipTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_new_table_is_empty_and_at_version_0()
    {
        await using var parts = await PostgresParts.StartAsync(await server.NewDatabaseAsync());
        var data = await parts.Table.ReadAll();
        Assert.Empty(data.Members);
        Assert.Equal(new TableVersion(0, "0"), data.Version);
    }

    [Fact]
    public async Task Every_field_comes_back()
    {
        await using var parts = await PostgresParts.StartAsync(await server.NewDatabaseAsync());
        var random = new Random(3);
        foreach (var number in Enumerable.Range(0, 40))
        {
            var entry = Entry(number, random);
            Assert.True(await parts.Table.InsertRow(entry, (await parts.Table.ReadAll()).Version.Next()));
            var read = await parts.Table.ReadRow(entry.SiloAddress);
            Assert.Equal(entry.Text(), Assert.Single(read.Members).Item1.Text());
            Assert.Equal(number + 1, read.Version.Version);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_inserts_at_one_version_exactly_one_wins(bool sameSilo)
    {
        await using var parts = await PostgresParts.StartAsync(await server.NewDatabaseAsync());
        var next = (await parts.Table.ReadAll()).Version.Next();
        var won = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => parts.Table.InsertRow(Entry(sameSilo ? 0 : i), next)));
        Assert.Single(won, true);
        var data = await parts.Table.ReadAll();
        Assert.Equal(1, data.Version.Version);
        Assert.Equal(Address(sameSilo ? 0 : Array.IndexOf(won, true)), Assert.Single(data.Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task A_silo_is_inserted_once()
    {
        await using var parts = await PostgresParts.StartAsync(await server.NewDatabaseAsync());
        Assert.True(await parts.Table.InsertRow(Entry(1), (await parts.Table.ReadAll()).Version.Next()));
        Assert.False(await parts.Table.InsertRow(Entry(1), (await parts.Table.ReadAll()).Version.Next()));
        Assert.Equal(1, (await parts.Table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task Lost_updates_are_refused()
    {
        await using var parts = await PostgresParts.StartAsync(await server.NewDatabaseAsync());
        var table = parts.Table;
        await table.InsertRow(Entry(1), new(1, "0"));
        await table.InsertRow(Entry(2), new(2, "1"));
        Assert.False(await table.UpdateRow(Entry(1, SiloStatus.Active), "1", new(3, "1")), "an old version of the table");
        Assert.False(await table.UpdateRow(Entry(1, SiloStatus.Active), "2", new(3, "2")), "another row's etag");
        Assert.False(await table.UpdateRow(Entry(1, SiloStatus.Active), "nonsense", new(3, "2")), "no etag at all");
        Assert.False(await table.UpdateRow(Entry(3, SiloStatus.Active), "1", new(3, "2")), "an unknown silo");
        Assert.False(await table.UpdateRow(Entry(1, SiloStatus.Active), "1", new(2, "2")), "a version that does not grow");
        Assert.True(await table.UpdateRow(Entry(1, SiloStatus.Active), "1", new(3, "2")));
        Assert.False(await table.UpdateRow(Entry(1, SiloStatus.Dead), "1", new(4, "3")), "the row's old etag");
        var row = await table.ReadRow(Address(1));
        Assert.Equal(SiloStatus.Active, Assert.Single(row.Members).Item1.Status);
        Assert.Equal(new TableVersion(3, "3"), row.Version);
    }

    [Fact]
    public async Task The_version_only_grows_and_counts_every_write()
    {
        const int Silos = 6, Writes = 15;
        await using var parts = await PostgresParts.StartAsync(await server.NewDatabaseAsync());
        var work = Task.WhenAll(Enumerable.Range(0, Silos).Select(i => WriteAsync(parts.Table, i, Writes)));
        var seen = new List<int>();
        while (!work.IsCompleted)
        {
            var data = await parts.Table.ReadAll();
            seen.Add(data.Version.Version);
            Assert.All(data.Members, member => Assert.True(int.Parse(member.Item2, null) <= data.Version.Version, "A row is newer than the table."));
        }

        await work;
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(Silos * Writes, (await parts.Table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task A_sign_of_life_changes_nothing_else()
    {
        await using var parts = await PostgresParts.StartAsync(await server.NewDatabaseAsync());
        await parts.Table.InsertRow(Entry(1), new(1, "0"));
        await parts.Table.UpdateIAmAlive(new() { SiloAddress = Address(1), IAmAliveTime = Start.AddHours(1) });
        await parts.Table.UpdateIAmAlive(new() { SiloAddress = Address(9), IAmAliveTime = Start.AddHours(1) });
        var expected = Entry(1);
        expected.IAmAliveTime = Start.AddHours(1);
        var data = await parts.Table.ReadAll();
        Assert.Equal(expected.Text(), Assert.Single(data.Members).Item1.Text());
        Assert.Equal(("1", 1), (data.Members[0].Item2, data.Version.Version));
    }

    [Fact]
    public async Task Clients_see_active_silos_with_a_gateway()
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        await parts.Gateways.InitializeGatewayListProvider();
        Assert.Empty(await parts.Gateways.GetGateways());
        await parts.Table.InitializeMembershipTable(true);
        var closed = Entry(3, SiloStatus.Active);
        closed.ProxyPort = 0;
        await parts.Table.InsertRow(Entry(1, SiloStatus.Active), new(1, "0"));
        await parts.Table.InsertRow(Entry(2, SiloStatus.Dead), new(2, "1"));
        await parts.Table.InsertRow(closed, new(3, "2"));
        Assert.Equal("gwy.tcp://127.0.0.1:30001/1001", Assert.Single(await parts.Gateways.GetGateways()).ToString());
    }

    [Fact]
    public async Task Eight_silos_make_the_tables_at_once()
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var connection = await server.NewDatabaseAsync();
            var silos = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresParts.StartAsync(connection)));
            var ids = await Task.WhenAll(silos.Select(silo => silo.Database.NextWriteIdAsync().AsTask()));
            Assert.Distinct(ids);
            Assert.All(silos, silo => Assert.Equal(0, silo.Table.ReadAll().Result.Version.Version));
            await Task.WhenAll(silos.Select(silo => silo.DisposeAsync().AsTask()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_operations_do_what_a_naive_table_does(int seed)
    {
        var connection = await server.NewDatabaseAsync();
        var random = new Random(seed);
        await using var first = await PostgresParts.StartAsync(connection, "one");
        await using var second = await PostgresParts.StartAsync(connection, "two");
        (IMembershipTable Table, string Cluster, NaiveMembershipTable Naive)[] clusters = [(first.Table, "one", new()), (second.Table, "two", new())];
        foreach (var step in Enumerable.Range(0, 300))
        {
            var (table, cluster, naive) = clusters[random.Next(2)];
            await StepAsync(table, cluster, naive, random);
            Assert.Equal(naive.Read().Text(), (await table.ReadAll()).Text());
            var silo = Address(random.Next(6));
            Assert.Equal(naive.Read(silo).Text(), (await table.ReadRow(silo)).Text());
        }

        Assert.Equal(clusters[0].Naive.Read().Text(), (await first.Table.ReadAll()).Text());
        Assert.Equal(clusters[1].Naive.Read().Text(), (await second.Table.ReadAll()).Text());
    }

    [Theory]
    [InlineData(29)]
    [InlineData(40)]
    public async Task Lost_answers_neither_lose_nor_repeat_a_write(int loseEvery)
    {
        const int Silos = 3, Writes = 25;
        await using var proxy = new LossyProxy(await server.NewDatabaseAsync());
        await using var parts = await PostgresParts.StartAsync(proxy.Connection);
        proxy.LoseEvery = loseEvery;
        await Task.WhenAll(Enumerable.Range(0, Silos).Select(i => WriteAsync(parts.Table, i, Writes)));
        Assert.True(proxy.Lost > 5, $"Only {proxy.Lost} answers were lost.");
        Assert.Equal(Silos * Writes, (await parts.Table.ReadAll()).Version.Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restart_of_the_server_is_survived(bool crash)
    {
        const int Silos = 3, Writes = 40;
        await using var parts = await PostgresParts.StartAsync(await server.NewDatabaseAsync());
        var work = Task.WhenAll(Enumerable.Range(0, Silos).Select(i => WriteAsync(parts.Table, i, Writes)));
        while ((await parts.Table.ReadAll()).Version.Version < 10)
        {
        }

        await server.RestartAsync(crash);
        await work;
        Assert.Equal(Silos * Writes, (await parts.Table.ReadAll()).Version.Version);
    }

    // Each write that is said to have happened must have moved the version by one, and none else may have.
    private static async Task WriteAsync(IMembershipTable table, int silo, int writes)
    {
        for (var done = 0; done < writes;)
        {
            var data = await table.ReadAll();
            var next = data.Version.Next();
            var isDone = data.TryGet(Address(silo)) is { } row ? await table.UpdateRow(row.Item1, row.Item2, next) : await table.InsertRow(Entry(silo), next);
            done += isDone ? 1 : 0;
        }
    }

    private static async Task StepAsync(IMembershipTable table, string cluster, NaiveMembershipTable naive, Random random)
    {
        var number = random.Next(6);
        var data = naive.Read();
        // Mostly what a careful caller would say, now and then something stale.
        var version = random.Next(5) == 0 ? new(random.Next(1, 9), random.Next(9).ToString(null as IFormatProvider)) : data.Version.Next();
        var etag = random.Next(5) == 0 ? random.Next(40).ToString(null as IFormatProvider) : data.TryGet(Address(number))?.Item2 ?? "0";
        var draw = random.Next();
        switch (random.Next(12))
        {
            case < 4:
                Assert.Equal(naive.Insert(Entry(number, new Random(draw)), version), await table.InsertRow(Entry(number, new Random(draw)), version));
                break;
            case < 8:
                Assert.Equal(naive.Update(Entry(number, new Random(draw)), etag, version), await table.UpdateRow(Entry(number, new Random(draw)), etag, version));
                break;
            case < 10:
                var time = Start.AddMilliseconds(draw);
                naive.Alive(Address(number), time);
                await table.UpdateIAmAlive(new() { SiloAddress = Address(number), IAmAliveTime = time });
                break;
            case 10:
                var before = new DateTimeOffset(Start.AddMilliseconds(draw / 2));
                naive.Cleanup(before);
                await table.CleanupDefunctSiloEntries(before);
                break;
            default:
                if (draw % 4 == 0)
                {
                    naive.Delete();
                    await table.DeleteMembershipTableEntries(cluster);
                    await table.InitializeMembershipTable(true);
                }

                break;
        }
    }
}

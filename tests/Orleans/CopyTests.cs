using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace NeuroTrails.Tests.Orleans;

public sealed class CopyTests(SharedHost shared)
{
    [Fact]
    public async Task Arguments_and_results_are_copies()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("copies");
        var sent = new Letter("hello", [[1, 2], [3]]) { Reply = new Letter("re", []) };
        await grain.Keep(sent);
        sent.Pages[0][0] = 99;
        sent.Reply!.Pages.Add([7]);

        var received = await grain.Fetch();
        Assert.Equal("hello", received.Title);
        Assert.Equal([1, 2], received.Pages[0]);
        Assert.Empty(received.Reply!.Pages);
        received.Pages[1][0] = 99;
        var again = await grain.Fetch();
        Assert.Equal([3], again.Pages[1]);
    }

    [Fact]
    public async Task Shared_parts_and_cycles_stay_so()
    {
        var host = await shared.StartedAsync();
        int[] page = [1];
        var sent = new Letter("loop", [page, page]);
        sent.Reply = sent;
        var grain = host.Grains.GetGrain<IMailGrain>("loop");
        await grain.Keep(sent);
        var received = await grain.Fetch();
        Assert.Same(received, received.Reply);
        Assert.Same(received.Pages[0], received.Pages[1]);
        Assert.NotSame(sent.Pages[0], received.Pages[0]);
    }

    [Fact]
    public async Task Immutable_values_are_handed_over_as_they_are()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("stone");
        var stone = new Stone([1, 2]);
        await grain.KeepStone(stone);
        Assert.Same(stone, await grain.FetchStone());

        int[] wrapped = [1];
        Assert.Same(wrapped, (await grain.Wrapped(wrapped.AsImmutable())).Value);

        float[] marked = [1];
        Assert.Equal(5, await grain.MarkedImmutable(marked));
        Assert.Equal(5, marked[0]);
    }

    [Fact]
    public async Task Derived_types_collections_and_tuples_keep_their_values()
    {
        var host = await shared.StartedAsync();
        var sent = new Circle
        {
            Name = "c",
            Radius = 2.5,
            Points = { ["p"] = [new Point(1, [2, 3]), new Point(4, [])] },
            Pair = (7, null),
            Maybe = 3,
            NotSent = 5,
        };
        var received = Assert.IsType<Circle>(await host.Grains.GetGrain<IMailGrain>("shape").Echo(sent));
        Assert.NotSame(sent, received);
        Assert.Equal("c", received.Name);
        Assert.Equal(2.5, received.Radius);
        Assert.Equal(4, received.Points["p"][1].X);
        Assert.Equal([2, 3], received.Points["p"][0].Path);
        Assert.NotSame(sent.Points["p"][0].Path, received.Points["p"][0].Path);
        Assert.Equal((7, null), received.Pair);
        Assert.Equal(3, received.Maybe);
        Assert.Equal(0, received.NotSent);
    }

    [Fact]
    public async Task Values_of_the_framework_travel_as_objects()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("objects");
        object?[] values =
        [
            null, 1, "text", 2.5, true, 'c', 3m, DayOfWeek.Friday, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            TimeSpan.FromDays(1), new Guid("a4b65a0d-9c3e-4b3c-8f0d-2f1f5a3f2d11"), new int[] { 1, 2 }, new int[,] { { 1, 2 }, { 3, 4 } },
            new List<string> { "a" }, new Dictionary<string, int> { ["a"] = 1 }, new HashSet<int> { 1 }, new Queue<int>([1, 2]),
            new Stack<int>([1, 2]), ImmutableArray.Create(1, 2), (1, "a"), KeyValuePair.Create("k", 1), new Uri("http://a/"),
        ];
        foreach (var value in values)
        {
            var copy = await grain.EchoObject(value);
            Assert.Equal(value, copy);
            Assert.Equal(value?.GetType(), copy?.GetType());
            if (value is int[] or List<string> or Dictionary<string, int>)
            {
                Assert.NotSame(value, copy);
            }
        }
    }

    [Fact]
    public async Task Unmarked_types_are_refused()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IMailGrain>("unmarked");
        await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.EchoObject(new Unmarked { Value = 1 }));
        await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.EchoObject(new List<Unmarked> { new() }));
    }
}

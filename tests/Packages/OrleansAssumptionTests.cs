using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace NeuroTrails.Tests.Packages;

/// <summary>What the product takes for granted of Orleans; where a new version changes it, this says what.</summary>
public sealed class OrleansAssumptionTests(OrleansAssumptionTests.Silo silo) : IClassFixture<OrleansAssumptionTests.Silo>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_immutable_message_is_handed_over_inside_a_silo_and_others_are_copied()
    {
        var grain = silo.Grains.GetGrain<IAssumptionGrain>("messages");
        Stone stone = new([1, 2]);
        Assert.Same(stone.Values, (await grain.Echo(stone)).Values);
        Letter letter = new() { Words = ["a"] };
        Assert.NotSame(letter.Words, (await grain.Echo(letter)).Words);
    }

    [Fact]
    public async Task A_time_out_ends_the_wait_and_not_the_work()
    {
        var grain = silo.Grains.GetGrain<IAssumptionGrain>("time-out");
        await Assert.ThrowsAsync<TimeoutException>(() => grain.WorkSlowly());
        await grain.Done().WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    [Fact]
    public async Task An_await_inside_a_grain_resumes_on_its_own_scheduler() =>
        Assert.True(await silo.Grains.GetGrain<IAssumptionGrain>("scheduler").StaysOnItsScheduler());

    [Fact]
    public async Task A_call_waits_for_the_one_before_unless_it_may_interleave()
    {
        var grain = silo.Grains.GetGrain<IAssumptionGrain>("turns");
        var blocked = grain.WaitForOpening();
        await grain.Waiting();
        var behind = grain.Count();
        await grain.Open();
        int[] expected = [1, 2];
        Assert.Equal(expected, await Task.WhenAll(blocked, behind).WaitAsync(TimeSpan.FromSeconds(30), Stop));
    }

    /// <summary>One silo on loopback.</summary>
    public sealed class Silo : IAsyncLifetime
    {
        private IHost? _host;

        public IGrainFactory Grains => _host!.Services.GetRequiredService<IGrainFactory>();

        public async ValueTask InitializeAsync()
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.SetMinimumLevel(LogLevel.None);
            builder.UseOrleans(orleans =>
                orleans
                    .UseLocalhostClustering(FreePort(), FreePort())
                    .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10))
            );
            _host = builder.Build();
            await _host.StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await _host!.StopAsync();
            _host.Dispose();
        }

        private static int FreePort()
        {
            using TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}

/// <summary>Calls that show how Orleans behaves.</summary>
public interface IAssumptionGrain : IGrainWithStringKey
{
    Task<Stone> Echo(Stone stone);

    Task<Letter> Echo(Letter letter);

    [ResponseTimeout("00:00:00.300")]
    Task WorkSlowly();

    [AlwaysInterleave]
    Task Done();

    Task<bool> StaysOnItsScheduler();

    Task<int> WaitForOpening();

    [AlwaysInterleave]
    Task Waiting();

    Task<int> Count();

    [AlwaysInterleave]
    Task Open();
}

/// <summary>An immutable message.</summary>
[GenerateSerializer, Immutable]
public sealed record Stone([property: Id(0)] int[] Values);

/// <summary>A message that may be changed.</summary>
[GenerateSerializer]
public sealed class Letter
{
    [Id(0)]
    public List<string> Words { get; init; } = [];
}

/// <inheritdoc cref="IAssumptionGrain"/>
public sealed class AssumptionGrain : Grain, IAssumptionGrain
{
    private readonly TaskCompletionSource _done = new();
    private readonly TaskCompletionSource _waiting = new();
    private readonly TaskCompletionSource _opened = new();
    private int _calls;

    public Task<Stone> Echo(Stone stone) => Task.FromResult(stone);

    public Task<Letter> Echo(Letter letter) => Task.FromResult(letter);

    public async Task WorkSlowly()
    {
        await Task.Delay(1500);
        _done.SetResult();
    }

    public Task Done() => _done.Task;

    public async Task<bool> StaysOnItsScheduler()
    {
        var before = TaskScheduler.Current;
        await Task.Delay(1);
        await Task.Run(() => { });
        return before == TaskScheduler.Current && before != TaskScheduler.Default;
    }

    public async Task<int> WaitForOpening()
    {
        _waiting.SetResult();
        await _opened.Task;
        return ++_calls;
    }

    public Task Waiting() => _waiting.Task;

    public Task<int> Count() => Task.FromResult(++_calls);

    public Task Open()
    {
        _opened.SetResult();
        return Task.CompletedTask;
    }
}

using System.Reflection;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Silo.Cluster;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster.Guard;

/// <summary>What a client may call, whatever it has to show, and that it may call nothing else.</summary>
[Collection(nameof(Alone))]
public sealed class ClientCallTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static IEnumerable<MethodInfo> Methods =>
        new[] { typeof(ICoordinatorGrain).Assembly, typeof(CoordinatorGrain).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsInterface && type != typeof(IGrainWithStringKey) && type.IsAssignableTo(typeof(IAddressable)))
            .SelectMany(type =>
                type.GetMethods()
                    .Concat(
                        type.GetInterfaces()
                            .Where(above => above.Namespace!.StartsWith(nameof(NeuroTrails), StringComparison.Ordinal))
                            .SelectMany(above => above.GetMethods())
                    )
            );

    [Fact]
    public void Clients_may_call_this_and_no_more()
    {
        string[] open =
        [
            .. Methods
                .Where(IsOpen)
                .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            [
                "IClusterGrain.Overview",
                "ICoordinatorGrain.Layout",
                "ICoordinatorGrain.Poll",
                "ICoordinatorGrain.Stop",
                "ICoordinatorGrain.Submit",
                "ICoordinatorGrain.Watch",
                "IWireProbeGrain.Begin",
                "IWireProbeGrain.Measure",
            ],
            open
        );
    }

    [Fact]
    public async Task Every_other_call_of_a_client_is_refused_and_what_Orleans_offers_is_as_well()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a");
        await using var client = await ClusterConnection.OpenAsync(cluster.Address, TimeProvider.System, Stop);
        var refused = 0;
        foreach (var type in Methods.Select(method => method.DeclaringType!).Where(type => type != typeof(IOwnerGrain)).Distinct())
        {
            var grain = client.Grains.GetGrain(type, $"r/head-{refused}");
            foreach (var method in Methods.Where(method => !IsOpen(method) && method.DeclaringType!.IsAssignableFrom(type)).Distinct())
            {
                await Assert.ThrowsAsync<CallRefusedException>(() => CallAsync(grain, method));
                refused++;
            }
        }

        Assert.InRange(refused, 40, 200);
        var management = client.Grains.GetGrain<IManagementGrain>(0);
        await Assert.ThrowsAsync<CallRefusedException>(() => management.GetHosts(false, Stop));
        await Assert.ThrowsAsync<CallRefusedException>(() => management.ForceActivationCollection(TimeSpan.Zero, Stop));

        // Silos themselves call all that.
        Assert.Empty(await cluster.Service<IGrainFactory>("a").GetGrain<ICoordinatorGrain>("r").Layout());
        await cluster.Service<IGrainFactory>("a").GetGrain<IClusterGrain>(GrainKeys.Cluster).Retire("r");
    }

    [Fact]
    public async Task A_client_that_calls_what_is_Orleans_own_loses_its_connection_and_nothing_is_done()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a");
        var client = await ClusterConnection.OpenAsync(cluster.Address, TimeProvider.System, Stop);
        var silo = cluster.Service<ILocalSiloDetails>("a").SiloAddress;
        foreach (
            var (name, target) in new[]
            {
                ("Orleans.IMembershipTableSystemTarget", "clustering.dev"),
                ("Orleans.ISiloControl", "silo-control"),
            }
        )
        {
            var type =
                typeof(Grain).Assembly.GetType(name)
                ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).First(found => found is not null)!;
            var generic = typeof(IGrainFactory)
                .GetMethods()
                .Single(method =>
                    method is { Name: "GetGrain", IsGenericMethod: true }
                    && method.GetParameters() is [{ ParameterType: var key }]
                    && key == typeof(GrainId)
                );
            var grain = (IAddressable)
                generic
                    .MakeGenericMethod(type)
                    .Invoke(client.Grains, [SystemTargetGrainId.Create(SystemTargetGrainId.CreateGrainType(target), silo).GrainId])!;
            var method = type.GetInterfaces()
                .Append(type)
                .SelectMany(each => each.GetMethods())
                .First(each => each.Name is "ReadAll" or "Ping" or "GetRuntimeStatistics");
            var call = CallAsync(grain, method);
            await Task.WhenAny(call, Task.Delay(3000, Stop));
            Assert.False(call.IsCompletedSuccessfully, $"{name}.{method.Name} was answered");
        }

        _ = client.DisposeAsync().AsTask();
        Assert.Equal(["a"], (await TestCluster.Engine.OverviewAsync(cluster.Address, Stop)).Members.Select(member => member.Name));
    }

    private static bool IsOpen(MethodInfo method) => method.GetCustomAttribute<ForClientsAttribute>() is not null;

    private static Task CallAsync(IAddressable grain, MethodInfo method)
    {
        var arguments = method
            .GetParameters()
            .Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)
            .ToArray();
        return method.Invoke(grain, arguments) switch
        {
            Task task => task,
            ValueTask task => task.AsTask(),
            var other => throw new InvalidOperationException($"{method} returns {other}"),
        };
    }
}

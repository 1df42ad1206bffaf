#if !ORLEANS_PACKAGE
using System.Reflection;
using System.Reflection.Emit;

namespace NeuroTrails.Tests.Orleans;

/// <summary>What only the stand-in checks: the real package finds these faults when a message is first sent, or not at all.</summary>
public sealed class StartupRuleTests
{
    [Theory]
    [InlineData(typeof(IBareGrain), "BareMessage: no [GenerateSerializer] (NeuroTrails.Tests.Orleans.IBareGrain.Send, argument message)")]
    [InlineData(typeof(IForgetfulGrain), "Forgetful.Forgotten: no [Id], so it is lost on the way", "Forgetful._hidden: no [Id]")]
    [InlineData(typeof(INamelessGrain), "Nameless: no [Alias]", "BareMessage: no [GenerateSerializer] (")]
    [InlineData(typeof(ITwinGrain), "TwinB: alias \"test.twin\" is", "TwinA.Second: [Id(0)] is", "share the alias \"same\"")]
    [InlineData(typeof(IPayloadGrain), "Payload: bears tensors ([TensorPayload]) and must be [Immutable]")]
    [InlineData(typeof(IForeignGrain), "argument stream: System.IO.Stream cannot travel", "IForeignGrain.Now returns System.Int32")]
    public void Faults_are_named_with_their_place(Type grainInterface, params string[] expected)
    {
        var breaches = MessageRules.Check([grainInterface]);
        Assert.All(expected, part => Assert.Contains(breaches, breach => breach.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, breaches.Count);
    }

    [Fact]
    public void Tensors_travel_only_in_immutable_messages()
    {
        var tensor = TensorType();
        var breaches = MessageRules.Check([
            typeof(ITensorGrain<>).MakeGenericType(tensor), typeof(INakedTensorGrain<>).MakeGenericType(tensor)]);
        Assert.Collection(
            breaches,
            first => Assert.Contains("bears tensors (Gradient, Others) and must be [Immutable]", first, StringComparison.Ordinal),
            second => Assert.Contains("argument tensor: a tensor travels only", second, StringComparison.Ordinal));
    }

    [Fact]
    public void Sound_interfaces_have_no_faults()
        => Assert.Empty(MessageRules.Check([
            typeof(IMailGrain), typeof(IStateGrain), typeof(INewsGrain), typeof(IPatientGrain), typeof(ISoundGrain)]));

    [Fact]
    public async Task A_host_with_faults_does_not_start_and_lists_them_all()
    {
        var error = await Assert.ThrowsAsync<OrleansConfigurationException>(() => GrainHost.StartAsync(
            silo => silo.Configure<global::Orleans.Configuration.GrainTypeOptions>(options =>
            {
                options.Interfaces.Add(typeof(IBareGrain));
                options.Interfaces.Add(typeof(IPayloadGrain));
            })));
        Assert.StartsWith("2 fault(s)", error.Message, StringComparison.Ordinal);
        Assert.Contains("BareMessage", error.Message, StringComparison.Ordinal);
        Assert.Contains("Payload", error.Message, StringComparison.Ordinal);
    }

    // The rules go by the name, so a type of that name will do; this room knows nothing of TorchSharp.
    private static Type TensorType()
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Tensors"), AssemblyBuilderAccess.Run).DefineDynamicModule("m");
        var outer = module.DefineType("TorchSharp.torch", TypeAttributes.Public);
        var tensor = outer.DefineNestedType("Tensor", TypeAttributes.NestedPublic);
        outer.CreateType();
        return tensor.CreateType();
    }
}
#endif

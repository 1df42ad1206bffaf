using NeuroTrails.Execution;

namespace NeuroTrails.Tests.Execution;

public sealed class NativeEnvironmentTests
{
    [Fact]
    public void Native_libraries_see_that_waiting_threads_should_not_spin()
    {
        NativeEnvironment.Prepare();
        Assert.Equal(Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "PASSIVE", NativeEnvironment.Read("OMP_WAIT_POLICY"));
        Assert.Null(NativeEnvironment.Read("NEUROTRAILS_NOBODY_SETS_THIS"));
    }
}

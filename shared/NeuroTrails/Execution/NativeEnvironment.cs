using System.Runtime.InteropServices;

namespace NeuroTrails.Execution;

/// <summary>What native libraries read from the process' environment when they are loaded. .NET keeps its own copy of the environment,
/// which they do not see.</summary>
internal static class NativeEnvironment
{
    private const string WaitPolicy = "OMP_WAIT_POLICY";

    // Sets what is not set: OMP_WAIT_POLICY=PASSIVE, because OpenMP's waiting threads would otherwise spin and take the cores from heads
    // that compute side by side. Call it before the first tensor; later calls change nothing. Does nothing on Windows.
    public static void Prepare()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetVariable(WaitPolicy, "PASSIVE", overwrite: 0);
        }
    }

    public static string? Read(string name) =>
        OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable(name) : Marshal.PtrToStringUTF8(GetVariable(name));

    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string value,
        int overwrite
    );

    [DllImport("libc", EntryPoint = "getenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint GetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}

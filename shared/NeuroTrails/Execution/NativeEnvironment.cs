using System.Runtime.InteropServices;

namespace NeuroTrails.Execution;

/// <summary>What native libraries read from the process' environment when they are loaded. .NET keeps its own copy of the environment,
/// which they do not see.</summary>
public static class NativeEnvironment
{
    private const string WaitPolicy = "OMP_WAIT_POLICY";

    /// <summary>
    /// Sets what is not set: <c>OMP_WAIT_POLICY=PASSIVE</c>, because OpenMP's waiting threads would otherwise spin and take the cores from
    /// heads that compute side by side. Call it before the first tensor; later calls change nothing. Does nothing on Windows.
    /// </summary>
    public static void Prepare()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetVariable(WaitPolicy, "PASSIVE", overwrite: 0);
        }
    }

    /// <summary>A variable as native libraries see it; null where it is not set.</summary>
    /// <param name="name">Name.</param>
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

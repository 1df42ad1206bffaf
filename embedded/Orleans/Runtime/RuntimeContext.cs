namespace Orleans.Runtime;

/// <summary>Whose turn it is on this thread. Thread-static, so that work which a grain hands to the pool is not the grain's.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? s_current;

    public static IGrainContext? Current => s_current;

    public static Activation? CurrentActivation
    {
        get => s_current;
        set => s_current = value;
    }
}

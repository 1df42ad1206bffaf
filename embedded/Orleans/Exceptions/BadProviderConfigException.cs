namespace Orleans.Storage;

/// <summary>A grain asks for a storage that was not configured.</summary>
public class BadProviderConfigException : Orleans.Runtime.OrleansException
{
    public BadProviderConfigException()
    {
    }

    public BadProviderConfigException(string msg)
        : base(msg)
    {
    }

    public BadProviderConfigException(string msg, Exception exc)
        : base(msg, exc)
    {
    }
}

namespace Orleans.Configuration;

/// <summary>How long calls may take, and what happens then.</summary>
public abstract class MessagingOptions
{
    /// <summary>Default 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether a call that timed out before its turn came is dropped. Default true.</summary>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>Bytes; nothing is ever serialised here, so it only is accepted.</summary>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;

    /// <summary>Whether the callee's token is cancelled when its caller timed out. Default false.</summary>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>Whether a cancelled caller waits for the callee. Default false.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }
}

/// <summary>The silo's.</summary>
public class SiloMessagingOptions : MessagingOptions;

/// <summary>An outside client's; with one process only accepted.</summary>
public class ClientMessagingOptions : MessagingOptions;

namespace NeuroTrails.Silo.Cluster.Files;

/// <summary>What is stored of a grain cannot be read. Asking again is no help; somebody has to put it right.</summary>
public sealed class StateDamagedException : UserErrorException
{
    /// <summary>Creates the exception without a message.</summary>
    public StateDamagedException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is damaged, and what to do.</param>
    public StateDamagedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What is damaged, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public StateDamagedException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>The damage behind a failed call; null where it failed for something else.</summary>
    /// <param name="fault">What the call threw.</param>
    internal static StateDamagedException? Behind(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is StateDamagedException damage)
            {
                return damage;
            }
        }

        return null;
    }
}

/// <summary>Tells a client of damage in its own words: Orleans wraps it, and a client asks again whatever Orleans says.</summary>
internal sealed class StateDamagedFilter : IOutgoingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception fault) when (fault is not StateDamagedException && StateDamagedException.Behind(fault) is { } damage)
        {
            throw new StateDamagedException(damage.Message, fault);
        }
    }
}

namespace NeuroTrails.Silo.Cluster.Files;

/// <summary>What is stored of a grain cannot be read. Asking again is no help; somebody has to put it right.</summary>
internal sealed class StateDamagedException(string message, Exception? innerException = null) : UserErrorException(message, innerException)
{
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

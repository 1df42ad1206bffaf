namespace NeuroTrails.Data;

/// <summary>Sets training samples aside for validation: the same ones for the same seed, and never the test split.</summary>
internal static class HoldOut
{
    /// <summary>Splits a set in two; both keep the order of the whole.</summary>
    /// <param name="whole">The training samples.</param>
    /// <param name="validation">A share in (0, 1), or a count from 1 to N − 1, or 0 for none.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <returns>What is left to train on, and what is held out (null for none).</returns>
    /// <exception cref="UserErrorException">The share or count does not leave at least one sample on each side.</exception>
    public static (IDataSet Train, IDataSet? Validation) Split(IDataSet whole, double validation, long seed)
    {
        if (validation == 0)
        {
            return (whole, null);
        }

        var count = validation < 1 ? Math.Round(validation * whole.Count, MidpointRounding.AwayFromZero) : validation;
        if (!(count >= 1 && count <= whole.Count - 1 && count == Math.Floor(count)))
        {
            throw DataError.Option(
                "data.validation",
                $"{validation} of {whole.Count} samples",
                $"0, a share between 0 and 1, or a whole number from 1 to {whole.Count - 1}"
            );
        }

        var order = Shuffle.Permutation(whole.Count, new CounterRandom(seed, RandomStream.Split));
        var held = order[..(int)count];
        var kept = order[(int)count..];
        Array.Sort(held);
        Array.Sort(kept);
        return (new SubsetDataSet(whole.Name, whole, kept), new SubsetDataSet($"{whole.Name}/validation", whole, held));
    }
}

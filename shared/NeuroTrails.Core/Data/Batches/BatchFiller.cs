using System.Runtime.ExceptionServices;

namespace NeuroTrails.Data;

/// <summary>Fills the places of a batch: one after the other where reading is a copy, side by side
/// where it means decoding a file.</summary>
internal static class BatchFiller
{
    // Calls fill for every place, with room for two samples that nobody else uses.
    public static void Fill(IDataSet data, int count, Action<int, float[]> fill)
    {
        var room = 2 * data.Shape.Length;
        if (SubsetDataSet.Resolve(data, 0).Data is not IVariableImages)
        {
            var scratch = new float[room];
            for (var i = 0; i < count; i++)
            {
                fill(i, scratch);
            }

            return;
        }

        try
        {
            Parallel.For(
                0,
                count,
                () => new float[room],
                (i, _, scratch) =>
                {
                    fill(i, scratch);
                    return scratch;
                },
                _ => { }
            );
        }
        catch (AggregateException error) when (error.InnerException is { } first)
        {
            // The user reads about one damaged file, not about parallel loops.
            ExceptionDispatchInfo.Throw(first);
        }
    }
}

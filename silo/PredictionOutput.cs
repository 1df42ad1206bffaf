using NeuroTrails.Data;

namespace NeuroTrails.Silo;

/// <summary>Writes predictions with their uncertainty.</summary>
internal static class PredictionOutput
{
    /// <summary>Writes an .npz of float64 arrays: mean [N, C], heads [N, M, C], entropy [N], mutual_information [N].</summary>
    public static void Write(Stream stream, int count, int heads, int classes, double[] mean_NC, double[] heads_NMC, double[] entropy_N, double[] information_N) => NpzFile.Write(
        stream,
        [
            new("mean", NpyArray.From<double>(mean_NC, count, classes)),
            new("heads", NpyArray.From<double>(heads_NMC, count, heads, classes)),
            new("entropy", NpyArray.From<double>(entropy_N, count)),
            new("mutual_information", NpyArray.From<double>(information_N, count)),
        ]);
}

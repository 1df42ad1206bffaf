using NeuroTrails.Data;
using NeuroTrails.Models;

namespace NeuroTrails.Silo;

/// <summary>Reads the samples to predict for.</summary>
internal static class PredictionInput
{
    /// <summary>Samples of an .npy file: uint8 [N, …] is divided by 255 as images are, anything else taken as it is.</summary>
    /// <returns>Values [N, …] in C order, and N.</returns>
    /// <exception cref="UserErrorException">The file is missing, damaged, or holds samples of another shape.</exception>
    public static (float[] Samples, int Count) Read(string file, FeatureShape shape)
    {
        var samples = Open(file, new(shape.Channels, shape.Height, shape.Width));
        var length = samples.Shape.Length;
        var values = new float[checked(samples.Count * length)];
        for (var i = 0; i < samples.Count; i++)
        {
            samples.Read(i, values.AsSpan(i * length, length));
        }

        return (values, samples.Count);
    }

    // The formats speak of the data set, which this file is not part of.
    private static IDataSet Open(string file, SampleShape shape)
    {
        try
        {
            return NpySamples.Unlabelled(file, NpyArray.Load(file), shape);
        }
        catch (UserErrorException fault)
        {
            throw new UserErrorException(fault.Message.Replace("--data (data.path)", "--input", StringComparison.Ordinal), fault);
        }
    }
}

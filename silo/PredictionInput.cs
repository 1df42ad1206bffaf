using NeuroTrails.Data;

namespace NeuroTrails.Silo;

/// <summary>Reads the samples to predict for.</summary>
internal static class PredictionInput
{
    /// <summary>Samples of an .npy file, divided by the run's scale, whatever type they are stored in.</summary>
    /// <param name="file">The file.</param>
    /// <param name="record">What the run was made from.</param>
    /// <param name="scale">What values are divided by instead of the run's scale, or null.</param>
    /// <param name="remark">Receives a sentence where the values are not such as training had.</param>
    /// <returns>Values [N, …] in C order, not yet normalised, and N.</returns>
    /// <exception cref="UserErrorException">The file is missing, damaged, or holds samples of another shape.</exception>
    public static (float[] Samples, int Count) Read(string file, DataRecord record, double? scale, Action<string> remark)
    {
        var divisor = scale ?? record.Scale;
        var samples = Open(file, record.SampleShape, divisor);
        if (record.Range?.Remark(Path.GetFileName(file), ValueRange.Of(samples), record.Scale, record.SampleShape.IsVector) is { } strange)
        {
            var divided = divisor == 1 ? string.Empty : $" They were divided by {ValueRange.Shown(divisor)} as in training; where they are divided already, say --scale 1.";
            remark(strange + "." + (scale is null ? divided : string.Empty));
        }

        var length = samples.Shape.Length;
        var values = new float[checked(samples.Count * length)];
        for (var i = 0; i < samples.Count; i++)
        {
            samples.Read(i, values.AsSpan(i * length, length));
        }

        return (values, samples.Count);
    }

    // The formats speak of the data set, which this file is not part of.
    private static IDataSet Open(string file, SampleShape shape, double scale)
    {
        try
        {
            return NpySamples.Unlabelled(file, NpyArray.Load(file), shape, scale);
        }
        catch (UserErrorException fault)
        {
            throw new UserErrorException(fault.Message.Replace("--data (data.path)", "--input", StringComparison.Ordinal), fault);
        }
    }
}

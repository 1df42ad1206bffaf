using NeuroTrails.Data;

namespace NeuroTrails.Silo;

/// <summary>Reads the samples to predict for.</summary>
internal static class PredictionInput
{
    /// <summary>Samples of a file or folder, divided by the run's scale, whatever type they are stored in.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="run">The run.</param>
    /// <param name="scale">What the values of arrays and tables are divided by instead of the run's scale, or null.</param>
    /// <param name="option">The option that named it.</param>
    /// <param name="remark">Receives what was decided, and where values are not such as training had; the latter as a warning.</param>
    /// <returns>The samples, not yet normalised.</returns>
    /// <exception cref="UserErrorException">It is missing, damaged, or holds samples of another shape.</exception>
    public static InputSamples Open(string path, RunPredictor run, double? scale, string option, Action<string, bool> remark)
    {
        var record = run.Record;
        var divisor = scale ?? record.Scale;
        var input = Open(path, record, run.Options.Data, divisor, option);
        foreach (var notice in input.Notices)
        {
            remark(notice, false);
        }

        var samples = input.Data;
        if (record.Range?.Remark(Path.GetFileName(path), ValueRange.Of(samples), record.Scale, record.SampleShape.IsVector) is { } strange)
        {
            var divided =
                divisor == 1
                    ? string.Empty
                    : $" They were divided by {ValueRange.Shown(divisor)} as in "
                        + $"training{(option == "--input" ? "; if they are already divided, say --scale 1" : string.Empty)}.";
            remark(strange + "." + (scale is null ? divided : string.Empty), true);
        }

        return input;
    }

    // The formats speak of the data set, which this file is not part of.
    private static InputSamples Open(string path, DataRecord record, DataOptions options, double scale, string option)
    {
        try
        {
            return InputSamples.Open(path, record, options, scale);
        }
        catch (UserErrorException fault)
        {
            throw new UserErrorException(fault.Message.Replace("--data (data.path)", option, StringComparison.Ordinal), fault);
        }
    }
}

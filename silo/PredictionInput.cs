using NeuroTrails.Data;

namespace NeuroTrails.Silo;

/// <summary>Reads the samples to predict for.</summary>
internal static class PredictionInput
{
    // Divided by the run's scale, or by the one given; not yet normalised.
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

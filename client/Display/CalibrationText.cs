using System.Globalization;
using NeuroTrails.Client.Cli;
using NeuroTrails.Metrics;
using NeuroTrails.Metrics.Calibration;
using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Display;

/// <summary>What temperatures and conformal sets bring.</summary>
internal static class CalibrationText
{
    public static void Print(ClientHost host, EvaluationResult result)
    {
        if (result.Calibration is not { } calibration)
        {
            return;
        }

        var fitted = Readable.Count(calibration.Samples, $"{calibration.FittedOn} sample");
        host.Output.WriteLine($"temperature T fitted on {fitted}, measured on the {result.Split} split:");
        var table = new Table { Border = host.Live ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumn(string.Empty);
        foreach (var column in new[] { "T", "NLL", "NLL at T", "ECE", "ECE at T" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        Row("ensemble", calibration.Ensemble);
        // Of many heads the table of figures tells more than a line each would.
        foreach (var (head, report) in Readable.IsMany(calibration.Heads.Count) ? [] : calibration.Heads.Index())
        {
            Row(string.Create(CultureInfo.InvariantCulture, $"{result.Member} {head}"), report);
        }

        if (calibration.Heads.Count > 1)
        {
            Row(
                $"mean of {Readable.Plural(result.Member)}",
                new(
                    calibration.Heads.Average(head => head.Temperature),
                    calibration.Heads.Average(head => head.NllBefore),
                    calibration.Heads.Average(head => head.NllAfter),
                    calibration.Heads.Average(head => head.EceBefore),
                    calibration.Heads.Average(head => head.EceAfter)
                )
            );
        }

        host.Console().Write(table);
        if (calibration.Heads.Append(calibration.Ensemble).Any(report => IsBound(report.Temperature)))
        {
            host.Output.WriteLine(
                $"T stays between {Readable.Any(TemperatureScaling.Lowest)} and {Readable.Any(TemperatureScaling.Highest)}: at a bound, "
                    + $"the samples of {calibration.FittedOn} would have it beyond"
            );
        }

        var sets = calibration.Conformal;
        host.Output.WriteLine(
            $"conformal sets at alpha {Readable.Any(sets.Alpha)}, by {Readable.Count(sets.CalibrationSamples, "sample")} of "
                + $"{calibration.FittedOn}: coverage {Readable.Fine(sets.Coverage)}, mean size {Readable.Fine(sets.MeanSetSize)}"
        );

        void Row(string label, TemperatureReport report) =>
            table.AddRow([
                label,
                Readable.Fine(report.Temperature),
                Readable.Fine(report.NllBefore),
                Readable.Fine(report.NllAfter),
                Readable.Fine(report.EceBefore),
                Readable.Fine(report.EceAfter),
            ]);
    }

    private static bool IsBound(double temperature) => temperature is TemperatureScaling.Lowest or TemperatureScaling.Highest;
}

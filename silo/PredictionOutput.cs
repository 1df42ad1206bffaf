using System.Globalization;
using System.Text.Json;
using CsvHelper;
using NeuroTrails.Data;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>The ways to write predictions.</summary>
internal sealed record PredictionOutput(SamplePredictions Predicted, IReadOnlyList<string>? ClassNames, IReadOnlyList<string>? SampleNames)
{
    private int Count => Predicted.Count;

    private int Classes => Predicted.Classes;

    // Writes as an extension says: .npz all arrays, .npy the mean, .json all of it with names, .csv all but the heads.
    public void Write(Stream stream, string format)
    {
        switch (format)
        {
            case ".npz":
                NpzFile.Write(stream, Arrays());
                break;
            case ".npy":
                Mean().Write(stream);
                break;
            case ".csv":
                WriteTable(stream);
                break;
            default:
                WriteJson(stream);
                break;
        }
    }

    private NpyArray Mean() => NpyArray.From<double>(Predicted.MeanNC, Count, Classes);

    private IEnumerable<KeyValuePair<string, NpyArray>> Arrays() =>
        [
            new("mean", Mean()),
            new("heads", NpyArray.From<double>(Predicted.HeadsNMC, Count, Predicted.Heads, Classes)),
            new("entropy", NpyArray.From<double>(Predicted.EntropyN, Count)),
            new("mutual_information", NpyArray.From<double>(Predicted.MutualInformationN, Count)),
        ];

    private string ClassOf(int label) => ClassNames?[label] ?? label.ToString(CultureInfo.InvariantCulture);

    private string SampleOf(int sample) => SampleNames?[sample] ?? sample.ToString(CultureInfo.InvariantCulture);

    private void WriteTable(Stream stream)
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        using var writer = new CsvWriter(
            text,
            new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }
        );
        Line([
            "sample",
            "class",
            "probability",
            "entropy",
            "mutual_information",
            .. Enumerable.Range(0, Classes).Select(label => "p_" + ClassOf(label)),
        ]);
        for (var i = 0; i < Count; i++)
        {
            var likeliest = Predicted.Class(i);
            double[] values =
            [
                Predicted.Probability(i, likeliest),
                Predicted.EntropyN[i],
                Predicted.MutualInformationN[i],
                .. Predicted.MeanNC.AsSpan(i * Classes, Classes),
            ];
            Line([SampleOf(i), ClassOf(likeliest), .. values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))]);
        }

        void Line(IEnumerable<string> cells)
        {
            foreach (var cell in cells)
            {
                writer.WriteField(cell);
            }

            writer.NextRecord();
        }
    }

    private void WriteJson(Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        Texts(writer, "samples", Enumerable.Range(0, Count).Select(SampleOf));
        Texts(writer, "classes", Enumerable.Range(0, Classes).Select(ClassOf));
        Texts(writer, "class", Enumerable.Range(0, Count).Select(i => ClassOf(Predicted.Class(i))));
        Rows(writer, "mean", Predicted.MeanNC, Count, Classes);
        writer.WriteStartArray("heads");
        var perSample = Predicted.Heads * Classes;
        for (var i = 0; i < Count; i++)
        {
            Rows(writer, null, Predicted.HeadsNMC.AsSpan(i * perSample, perSample), Predicted.Heads, Classes);
        }

        writer.WriteEndArray();
        Row(writer, "entropy", Predicted.EntropyN);
        Row(writer, "mutual_information", Predicted.MutualInformationN);
        writer.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void Rows(Utf8JsonWriter writer, string? name, ReadOnlySpan<double> values, int rows, int columns)
    {
        Begin(writer, name);
        for (var row = 0; row < rows; row++)
        {
            Row(writer, null, values.Slice(row * columns, columns));
        }

        writer.WriteEndArray();
    }

    private static void Row(Utf8JsonWriter writer, string? name, ReadOnlySpan<double> values)
    {
        Begin(writer, name);
        foreach (var value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter writer, string? name)
    {
        if (name is null)
        {
            writer.WriteStartArray();
        }
        else
        {
            writer.WriteStartArray(name);
        }
    }
}

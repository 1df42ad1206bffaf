using System.Globalization;
using System.Text.Json;
using NeuroTrails.Data;

namespace NeuroTrails.Silo;

/// <summary>Predictions with their uncertainty, and the ways to write them.</summary>
/// <param name="Heads">Heads M.</param>
/// <param name="Classes">Classes C.</param>
/// <param name="MeanNC">Mean prediction [N, C].</param>
/// <param name="HeadsNMC">Each head's [N, M, C].</param>
/// <param name="EntropyN">Entropy of the mean [N], in nats.</param>
/// <param name="MutualInformationN">Mutual information between prediction and head [N], in nats.</param>
internal sealed record PredictionOutput(int Heads, int Classes, double[] MeanNC, double[] HeadsNMC, double[] EntropyN, double[] MutualInformationN)
{
    private int Count => EntropyN.Length;

    /// <summary>Writes as an extension says: .npz and .json all of it, .npy the mean, .csv all but the heads.</summary>
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

    private NpyArray Mean() => NpyArray.From<double>(MeanNC, Count, Classes);

    private IEnumerable<KeyValuePair<string, NpyArray>> Arrays() =>
    [
        new("mean", Mean()),
        new("heads", NpyArray.From<double>(HeadsNMC, Count, Heads, Classes)),
        new("entropy", NpyArray.From<double>(EntropyN, Count)),
        new("mutual_information", NpyArray.From<double>(MutualInformationN, Count)),
    ];

    private void WriteTable(Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"class,{string.Concat(Enumerable.Range(0, Classes).Select(label => $"p{label},"))}entropy,mutual_information");
        for (var i = 0; i < Count; i++)
        {
            var mean_C = MeanNC.AsSpan(i * Classes, Classes);
            writer.Write(Likeliest(mean_C));
            foreach (var value in mean_C)
            {
                writer.Write(',');
                writer.Write(value.ToString("R", CultureInfo.InvariantCulture));
            }

            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $",{EntropyN[i]:R},{MutualInformationN[i]:R}"));
        }
    }

    private void WriteJson(Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        Rows(writer, "mean", MeanNC, Count, Classes);
        writer.WriteStartArray("heads");
        for (var i = 0; i < Count; i++)
        {
            Rows(writer, null, HeadsNMC.AsSpan(i * Heads * Classes, Heads * Classes), Heads, Classes);
        }

        writer.WriteEndArray();
        Row(writer, "entropy", EntropyN);
        Row(writer, "mutual_information", MutualInformationN);
        writer.WriteEndObject();
    }

    private static int Likeliest(ReadOnlySpan<double> mean_C)
    {
        var best = 0;
        for (var label = 1; label < mean_C.Length; label++)
        {
            best = mean_C[label] > mean_C[best] ? label : best;
        }

        return best;
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

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NeuroTrails.Data;

/// <summary>Tells one split from another without keeping it.</summary>
internal static class Fingerprint
{
    private const int MostSamples = 256;

    public static SplitRecord? Of(IDataSet? data)
    {
        if (data is null)
        {
            return null;
        }

        var counts = new int[data.Classes];
        var labels = new byte[data.Count * sizeof(int)];
        for (var i = 0; i < data.Count; i++)
        {
            var label = data.Label(i);
            if ((uint)label >= (uint)counts.Length)
            {
                throw DataError.Damaged(data.Name, $"label {label} at sample {i}", $"labels from 0 to {counts.Length - 1}");
            }

            counts[label]++;
            BinaryPrimitives.WriteInt32LittleEndian(labels.AsSpan(i * sizeof(int)), label);
        }

        return new(data.Count, counts, Hex(SHA256.HashData(labels)), Contents(data));
    }

    // SHA-256 of values as they lie in memory; every platform that libtorch runs on is little-endian.
    public static string OfValues(ReadOnlySpan<float> values) => Hex(SHA256.HashData(MemoryMarshal.AsBytes(values)));

    public static string OfLabels(ReadOnlySpan<long> labels) => Hex(SHA256.HashData(MemoryMarshal.AsBytes(labels)));

    private static string Contents(IDataSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var values = new float[data.Shape.Length];
        var samples = Math.Min(data.Count, MostSamples);
        for (var i = 0; i < samples; i++)
        {
            var index = (int)((long)i * data.Count / samples);
            if (SubsetDataSet.Resolve(data, index) is (ImageFolderDataSet files, var at))
            {
                // Not what a decoder makes of it, which its next version may round otherwise.
                hash.AppendData(files.File(at));
            }
            else
            {
                data.Read(index, values);
                hash.AppendData(MemoryMarshal.AsBytes<float>(values));
            }
        }

        return Hex(hash.GetHashAndReset());
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}

namespace NeuroTrails.Formats;

/// <summary>
/// Checks that the tensors of a header tile its data: every byte belongs to exactly one tensor.
/// A file that hides bytes between tensors, or lets two tensors share some, is refused.
/// </summary>
internal static class SafetensorsLayout
{
    public static List<StoredTensorInfo> Check(string file, SafetensorsHeader header, long dataStart, long dataBytes)
    {
        var infos = new List<StoredTensorInfo>(header.Entries.Count);
        long next = 0;
        foreach (var entry in header.Entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            SafetensorsFormatException Fail(string seen, string expected) =>
                new(file, entry.Position, $"tensor '{entry.Name}' with {seen}", expected);

            if (!entry.DType.TryCountBytes(entry.Shape, out var bytes))
            {
                throw Fail($"shape [{string.Join(", ", entry.Shape)}]", "a number of bytes below 2^63");
            }

            var offsets = $"data_offsets [{entry.Begin}, {entry.End}]";
            if (entry.Begin > entry.End || entry.End > dataBytes)
            {
                throw Fail(offsets, $"0 <= begin <= end <= {dataBytes}, the bytes behind the header");
            }

            if (entry.End - entry.Begin != bytes)
            {
                throw Fail(
                    $"{offsets}, {entry.End - entry.Begin} bytes",
                    $"{bytes} bytes for {entry.DType} [{string.Join(", ", entry.Shape)}]"
                );
            }

            if (entry.Begin != next)
            {
                throw Fail(offsets, $"begin at {next}, where the tensor before it ends");
            }

            next = entry.End;
            infos.Add(new StoredTensorInfo(entry.Name, entry.DType, entry.Shape, dataStart + entry.Begin, bytes));
        }

        return next == dataBytes
            ? infos
            : throw new SafetensorsFormatException(
                file,
                dataStart + next,
                $"{dataBytes - next} bytes that belong to no tensor",
                "the end of the file"
            );
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeuroTrails.Formats;

/// <summary>
/// Writes safetensors: equal tensors and metadata give equal bytes. Tensors are asked for one
/// after the other, so no second copy of all of them exists.
/// </summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Writes a complete file to a stream.</summary>
    /// <param name="output">Receives the bytes; it need not seek.</param>
    /// <param name="tensors">What to write; names must differ.</param>
    /// <param name="metadata">Strings for the header; written sorted by key.</param>
    /// <param name="order">How to lay the tensors out.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">Two tensors of one name, a name that is empty, reserved
    /// or no text, a header above 100 MB.</exception>
    /// <exception cref="InvalidOperationException">A source gave another number of bytes than its shape asks for.</exception>
    public static long Write(
        Stream output,
        IEnumerable<TensorSource> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        TensorOrder order = TensorOrder.Aligned
    )
    {
        var ordered = Arrange(tensors, order);
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.WrittenCount);
        output.Write(length);
        output.Write(header.WrittenSpan);
        long written = length.Length + header.WrittenCount;
        foreach (var tensor in ordered)
        {
            var data = tensor.Data();
            if (data.Length != tensor.Bytes)
            {
                throw new InvalidOperationException($"tensor '{tensor.Name}': got {data.Length} bytes, its shape asks for {tensor.Bytes}");
            }

            output.Write(data.Span);
            written += data.Length;
        }

        return written;
    }

    /// <summary>Bytes that <see cref="Write"/> will write.</summary>
    /// <param name="tensors">What would be written.</param>
    /// <param name="metadata">Strings for the header.</param>
    /// <param name="order">How the tensors would be laid out; it changes the digits of the offsets.</param>
    public static long Measure(
        IEnumerable<TensorSource> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        TensorOrder order = TensorOrder.Aligned
    )
    {
        var ordered = Arrange(tensors, order);
        return SafetensorsHeader.LengthBytes + Header(ordered, metadata).WrittenCount + ordered.Sum(t => t.Bytes);
    }

    private static List<TensorSource> Arrange(IEnumerable<TensorSource> tensors, TensorOrder order)
    {
        var list = tensors.ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in list)
        {
            if (tensor.Name is "" or SafetensorsHeader.MetadataKey || !names.Add(tensor.Name))
            {
                throw new ArgumentException($"tensor name '{tensor.Name}' is empty, reserved or used twice", nameof(tensors));
            }

            // Half a surrogate pair would silently become a replacement character, the same one for different names.
            StrictUtf8.GetByteCount(tensor.Name);
        }

        return order == TensorOrder.AsGiven
            ? list
            : [.. list.OrderByDescending(t => t.DType.ByteSize()).ThenBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static ArrayBufferWriter<byte> Header(List<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long begin = 0;
            foreach (var tensor in tensors)
            {
                var end = checked(begin + tensor.Bytes);
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.DType.ToString());
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [begin, end]);
                json.WriteEndObject();
                begin = end;
            }

            json.WriteEndObject();
        }

        while (text.WrittenCount % Alignment != 0)
        {
            text.Write(" "u8);
        }

        return text.WrittenCount <= SafetensorsHeader.MaximumBytes
            ? text
            : throw new ArgumentException(
                $"a header of {text.WrittenCount} bytes; at most {SafetensorsHeader.MaximumBytes} are allowed",
                nameof(tensors)
            );
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null or { Count: 0 })
        {
            return;
        }

        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            StrictUtf8.GetByteCount(key);
            StrictUtf8.GetByteCount(value);
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}

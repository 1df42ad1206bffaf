namespace NeuroTrails.Data;

/// <summary>
/// JPEG with 8 bits, Huffman-coded, sequential or progressive: grey, colour, print colours. Orientation marks are not followed.
/// Source: ITU-T T.81 (1992) and ITU-T T.871 (2011) for the colours.
/// </summary>
internal sealed class JpegDecoder : IImageDecoder
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg"];

    /// <inheritdoc/>
    public DecodedImage Decode(byte[] file, string source) => new Reader(file, source).Read();

    /// <summary>Walks through the segments of one file.</summary>
    private sealed class Reader(byte[] file, string source)
    {
        private readonly ushort[]?[] quantisation = new ushort[4][];
        private readonly JpegHuffman?[] direct = new JpegHuffman?[4];
        private readonly JpegHuffman?[] alternating = new JpegHuffman?[4];
        private JpegFrame? frame;
        private int restartInterval;
        private int adobeTransform = -1;
        private int position;

        public DecodedImage Read()
        {
            Require(file.Length > 4 && file[0] == 0xff && file[1] == 0xd8, "no JPEG signature");
            position = 2;
            while (true)
            {
                var marker = Marker();
                if (marker == 0xd9)
                {
                    return JpegColours.Compose(frame ?? throw Fault("no frame"), Table, adobeTransform);
                }

                Segment(marker, Body());
            }
        }

        private void Segment(int marker, ReadOnlySpan<byte> data)
        {
            switch (marker)
            {
                case 0xc0 or 0xc1 or 0xc2:
                    Require(frame is null, "two frames");
                    frame = JpegFrame.Parse(data, marker == 0xc2, file.Length, source);
                    break;
                case 0xc4:
                    Huffman(data);
                    break;
                case 0xda:
                    Scan(data);
                    break;
                case 0xdb:
                    Quantisation(data);
                    break;
                case 0xdd:
                    Require(data.Length == 2, "a bad restart interval");
                    restartInterval = (data[0] << 8) | data[1];
                    break;
                case 0xee when data.Length >= 12 && data.StartsWith("Adobe"u8):
                    adobeTransform = data[11];
                    break;
                default:
                    Require(marker is >= 0xe0 or 0xcc || (marker & 0xf0) != 0xc0, $"frame type {marker:x2}, which is rare and not decoded");
                    break;
            }
        }

        private void Quantisation(ReadOnlySpan<byte> data)
        {
            while (data.Length > 0)
            {
                var (wide, number) = (data[0] >> 4, data[0] & 15);
                Require(number < 4 && wide < 2 && data.Length >= 1 + (64 << wide), "a bad quantisation table");
                var table = new ushort[JpegScan.BlockSize];
                for (var k = 0; k < table.Length; k++)
                {
                    table[JpegScan.Zigzag[k]] = wide == 0 ? data[1 + k] : (ushort)((data[1 + (2 * k)] << 8) | data[2 + (2 * k)]);
                }

                quantisation[number] = table;
                data = data[(1 + (64 << wide))..];
            }
        }

        private void Huffman(ReadOnlySpan<byte> data)
        {
            while (data.Length > 0)
            {
                Require(data.Length >= 17 && (data[0] & 15) < 4 && data[0] < 0x20, "a bad Huffman table");
                var count = 0;
                foreach (var codes in data.Slice(1, 16))
                {
                    count += codes;
                }

                Require(count <= 256 && data.Length >= 17 + count, "a bad Huffman table");
                (data[0] < 0x10 ? direct : alternating)[data[0] & 15] = new JpegHuffman(data.Slice(1, 16), data.Slice(17, count), source);
                data = data[(17 + count)..];
            }
        }

        private void Scan(ReadOnlySpan<byte> data)
        {
            var known = frame ?? throw Fault("a scan before its frame");
            Require(data.Length > 0 && data[0] is >= 1 and <= 4 && data.Length == 4 + (2 * data[0]), "a bad scan header");
            var parts = new (JpegComponent, JpegHuffman?, JpegHuffman?)[data[0]];
            for (var i = 0; i < parts.Length; i++)
            {
                var (id, tables) = (data[1 + (2 * i)], data[2 + (2 * i)]);
                var component = Array.Find(known.Components, component => component.Id == id) ?? throw Fault($"a scan of component {id}");
                parts[i] = (component, direct[(tables >> 4) & 3], alternating[tables & 3]);
            }

            var (first, last, approximation) = (data[^3], data[^2], data[^1]);
            var bits = new JpegBits(file, position, source);
            new JpegScan(bits, parts, (first, last), (approximation >> 4, approximation & 15), known.Progressive).Read(known, restartInterval);
            position = bits.Position;
        }

        // Whatever lies before the next marker is skipped: padding, or bytes that an encoder left behind.
        private int Marker()
        {
            while (position + 1 < file.Length)
            {
                if (file[position] == 0xff && file[position + 1] is not (0 or 0xff or (>= 0xd0 and <= 0xd8)))
                {
                    position += 2;
                    return file[position - 1];
                }

                position++;
            }

            throw Fault("no end marker (it looks truncated)");
        }

        private ReadOnlySpan<byte> Body()
        {
            Require(position + 2 <= file.Length, "an end within a segment (it looks truncated)");
            var length = (file[position] << 8) | file[position + 1];
            Require(length >= 2 && position + length <= file.Length, "an end within a segment (it looks truncated)");
            var body = file.AsSpan(position + 2, length - 2);
            position += length;
            return body;
        }

        private ushort[] Table(int number) => quantisation[number] ?? throw Fault($"no quantisation table {number}");

        private void Require(bool condition, string seen)
        {
            if (!condition)
            {
                throw Fault(seen);
            }
        }

        private UserErrorException Fault(string seen) => DataError.Damaged(source, $"{seen} at byte {position}", "an intact JPEG file");
    }
}

using System.Buffers.Binary;
using System.Text;
using NeuroTrails.Formats;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class SafetensorsMalformedTests
{
    private const string Sound = """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""";

    public static TheoryData<string, string, int> Headers =>
        new()
        {
            // What is wrong; the header; bytes of data behind it.
            { "no object", """[]""", 0 },
            { "empty", "", 0 },
            { "white space first", " " + Sound, 2 },
            { "text behind", Sound + "x", 2 },
            { "a second object", Sound + "{}", 2 },
            { "unfinished", Sound[..^1], 2 },
            { "comma at the end", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},}""", 2 },
            { "comment", """{/**/}""", 0 },
            {
                "tensor twice",
                """{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""",
                0
            },
            {
                "tensor twice by an escape",
                """{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\u0061":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""",
                0
            },
            { "key twice", """{"a":{"dtype":"U8","dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "metadata twice", """{"__metadata__":{},"__metadata__":{}}""", 0 },
            { "metadata key twice", """{"__metadata__":{"x":"1","x":"1"}}""", 0 },
            { "metadata number", """{"__metadata__":{"x":1}}""", 0 },
            { "metadata null", """{"__metadata__":null}""", 0 },
            { "metadata nested", """{"__metadata__":{"x":{"y":"1"}}}""", 0 },
            { "empty name", """{"":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "half a surrogate", """{"\ud800":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "tensor is a number", """{"a":1}""", 0 },
            { "deep", """{"a":{"dtype":"U8","shape":[[2]],"data_offsets":[0,2]}}""", 2 },
            { "unknown key", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"x":1}}""", 2 },
            { "no dtype", """{"a":{"shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "no shape", """{"a":{"dtype":"U8","data_offsets":[0,2]}}""", 2 },
            { "no offsets", """{"a":{"dtype":"U8","shape":[2]}}""", 2 },
            { "one offset", """{"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}}""", 0 },
            { "three offsets", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2,2]}}""", 2 },
            { "unknown dtype", """{"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "dtype in lower case", """{"a":{"dtype":"u8","shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "dtype as a number in a string", """{"a":{"dtype":"1","shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "dtype as a number of no type in a string", """{"a":{"dtype":"664","shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "dtype as a number", """{"a":{"dtype":1,"shape":[2],"data_offsets":[0,2]}}""", 2 },
            { "negative extent", """{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""", 2 },
            { "negative zero", """{"a":{"dtype":"U8","shape":[-0],"data_offsets":[0,0]}}""", 0 },
            { "fraction", """{"a":{"dtype":"U8","shape":[2.0],"data_offsets":[0,2]}}""", 2 },
            { "exponent", """{"a":{"dtype":"U8","shape":[2e0],"data_offsets":[0,2]}}""", 2 },
            { "leading zero", """{"a":{"dtype":"U8","shape":[02],"data_offsets":[0,2]}}""", 2 },
            { "extent beyond 63 bits", """{"a":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,2]}}""", 2 },
            { "product beyond 64 bits", """{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0 },
            {
                "product wraps to 2",
                """{"a":{"dtype":"U8","shape":[9223372036854775807,2,9223372036854775807],"data_offsets":[0,2]}}""",
                2
            },
            { "product overflows before a zero", """{"a":{"dtype":"U8","shape":[9223372036854775807,2,0],"data_offsets":[0,0]}}""", 0 },
            { "bytes overflow", """{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", 0 },
            {
                "too many extents",
                """{"a":{"dtype":"U8","shape":[""" + string.Join(",", Enumerable.Repeat("1", 65)) + """],"data_offsets":[0,1]}}""",
                1
            },
            { "offsets backwards", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""", 2 },
            { "offsets beyond the file", """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", 2 },
            { "offsets not of the shape", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,2]}}""", 2 },
            { "hole in front", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2 },
            {
                "hole between",
                """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""",
                3
            },
            {
                "overlap",
                """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""",
                3
            },
            {
                "the same bytes twice",
                """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""",
                2
            },
            {
                "an empty tensor inside another",
                """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[0],"data_offsets":[1,1]}}""",
                2
            },
            { "bytes behind", Sound, 3 },
            { "bytes missing", Sound, 1 },
        };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_malformed_header_is_a_format_error(string what, string header, int dataBytes)
    {
        var fault = Assert.Throws<SafetensorsFormatException>(() => Open(Encoding.UTF8.GetBytes(header), dataBytes));
        Assert.True(fault.Position >= 0 && fault.Seen.Length > 0 && fault.Expected.Length > 0, what);
        Assert.Contains("x.safetensors", fault.File, StringComparison.Ordinal);
        Assert.Contains(fault.Seen, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sound_header_of_these_cases_is_accepted_with_trailing_white_space()
    {
        Open(Encoding.UTF8.GetBytes(Sound), 2);
        Open(Encoding.UTF8.GetBytes(Sound + " \n\t "), 2);
        Open("{}"u8, 0);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_format_error()
    {
        byte[] header = [.. "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\""u8, 0xff, .. "\":{}}"u8];
        Assert.Contains("UTF-8", Assert.Throws<SafetensorsFormatException>(() => Open(header, 2)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_without_room_for_the_length_is_a_format_error(int bytes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        File.WriteAllBytes(path, new byte[bytes]);
        Assert.Throws<SafetensorsFormatException>(() => SafetensorsFile.Open(path));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(100_000_001)]
    [InlineData(56)]
    public void A_header_longer_than_the_file_or_the_limit_is_a_format_error(ulong length)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        var bytes = new byte[8 + 55];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(path, bytes);
        Assert.Contains(
            $"{length} bytes",
            Assert.Throws<SafetensorsFormatException>(() => SafetensorsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_header_above_the_limit_is_refused_even_where_the_file_is_as_long()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        using (var stream = File.Create(path))
        {
            stream.Write([0x01, 0xe1, 0xf5, 0x05, 0, 0, 0, 0]); // 100 000 001
            stream.SetLength(200_000_000); // Sparse: takes no room.
        }

        Assert.Contains(
            "at most 100000000",
            Assert.Throws<SafetensorsFormatException>(() => SafetensorsFile.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_cut_short_while_open_is_a_format_error()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        File.WriteAllBytes(path, RandomTensors.File([new StoredTensor("a", StoredDType.U8, [9], new byte[9])]));
        using var file = SafetensorsFile.Open(path);
        using (var shorter = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            shorter.SetLength(shorter.Length - 4);
        }

        Assert.Contains("cut short", Assert.Throws<SafetensorsFormatException>(() => file.Read("a")).Message, StringComparison.Ordinal);
    }

    private static void Open(ReadOnlySpan<byte> header, int dataBytes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(path, [.. length, .. header, .. new byte[dataBytes]]);
        SafetensorsFile.Open(path).Dispose();
    }
}

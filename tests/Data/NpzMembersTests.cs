using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class NpzMembersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_the_members_that_are_needed_are_read()
    {
        var path = Save("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }");
        Check();

        // 12 is bzip2, 99 an encrypted one, 14 LZMA: none that .NET knows.
        foreach (var method in new ushort[] { 12, 14, 99 })
        {
            var bytes = File.ReadAllBytes(path);
            SetMethod(bytes, "classes.npy", method);
            File.WriteAllBytes(path, bytes);
            Check();
            Assert.Throws<UserErrorException>(() => NpzFile.Load(path));
            SetMethod(bytes, "x_test.npy", method);
            File.WriteAllBytes(path, bytes);
            Assert.Throws<UserErrorException>(Open);
            Save("no npy at all");
        }

        void Check()
        {
            var splits = Open();
            Assert.Equal((3, 2, 2), (splits.Train.Count, splits.Test!.Count, splits.Classes));
            Assert.Equal(["classes", "x_train", "y_train", "x_test", "y_test", "unused"], NpzFile.Names(path));
            Assert.Equal([0L, 1], NpzFile.Load(path, ["y_test", "absent"]).Values.Single().ToInt64s());
        }
    }

    [Fact]
    public void Npy_files_beside_the_arrays_are_let_alone()
    {
        Write("x_train", NpyArray.From<float>([1, 2, 3, 4, 5, 6], 3, 2));
        Write("y_train", NpyArray.From<long>([0, 1, 1], 3));
        Write("x_test", NpyArray.From<float>([1, 2], 1, 2));
        Write("y_test", NpyArray.From<long>([1], 1));
        _folder.Write("class_names.npy", Encoding.ASCII.GetBytes("text"));
        Assert.Equal((3, 1), (Open().Train.Count, Open().Test!.Count));
        File.Delete(_folder["y_test.npy"]);
        Assert.Contains("expected x_test and y_test", Assert.Throws<UserErrorException>(Open).Message, StringComparison.Ordinal);

        void Write(string name, NpyArray array) => array.Save(_folder[name + ".npy"]);
    }

    [Fact]
    public void Members_that_promise_too_much_are_refused_unread()
    {
        var path = Save("");
        var bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Central(bytes, "unused.npy") + 24), 0xfffffff0);
        File.WriteAllBytes(path, bytes);
        Assert.Equal(3, Open().Train.Count); // Nobody asks for that one.
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Central(bytes, "x_train.npy") + 24), 0x7fffffff);
        File.WriteAllBytes(path, bytes);
        Assert.Contains(
            "data.npz: it expands to more than 2,147,483,648 bytes",
            Assert.Throws<UserErrorException>(Open).Message,
            StringComparison.Ordinal
        );
    }

    // numpy's format.py drops an L behind a number, and a type without a byte order has the machine's.
    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }", "[2, 3]", NpyType.Float32)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (6L,), }", "[6]", NpyType.Float32)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3 L, 2), }", "[3, 2]", NpyType.Float32)]
    [InlineData("{'descr': 'f4', 'fortran_order': False, 'shape': (6,), }", "[6]", NpyType.Float32)]
    [InlineData("{'descr': 'i4', 'fortran_order': False, 'shape': (6,), }", "[6]", NpyType.Int32)]
    [InlineData("{'descr': 'u1', 'fortran_order': False, 'shape': (24L,), }", "[24]", NpyType.UInt8)]
    public void Python_2s_long_sizes_and_a_missing_byte_order_are_read(string header, string shape, NpyType type)
    {
        var values = new byte[24];
        for (var i = 0; i < 6; i++)
        {
            BitConverter.TryWriteBytes(values.AsSpan(4 * i), i + 0.5f);
        }

        var array = NpyArray.Read(new MemoryStream(NpyTests.Npy(header, values)), "file");
        Assert.Equal((shape, type), (array.Shape, array.Type));
        Assert.Equal(values, array.Bytes.ToArray());
        if (type == NpyType.Float32)
        {
            Assert.Equal([0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f], array.ToSingles());
        }
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (L, 3), }", "no size")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2LL,), }", "no ')'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2l,), }", "no ')'")]
    [InlineData("{'descr': '?f4', 'fortran_order': False, 'shape': (2,), }", "type '?f4'")]
    [InlineData("{'descr': 'f', 'fortran_order': False, 'shape': (2,), }", "type 'f'")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (2,), }", "type ''")]
    public void What_only_looks_like_them_is_not(string header, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<UserErrorException>(() => NpyArray.Read(new MemoryStream(NpyTests.Npy(header, new byte[8])), "file")).Message,
            StringComparison.Ordinal
        );

    // Where a member's line in the directory at the end begins.
    private static int Central(byte[] zip, string name)
    {
        var at = zip.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;
        Assert.True(zip.AsSpan(at, 4).SequenceEqual("PK\u0001\u0002"u8));
        return at;
    }

    private static void SetMethod(byte[] zip, string name, ushort method)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(Central(zip, name) + 10), method);
        var local = zip.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) - 30;
        Assert.True(zip.AsSpan(local, 4).SequenceEqual("PK\u0003\u0004"u8));
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(local + 8), method);
    }

    private string Save(string classes)
    {
        using (var zip = new ZipArchive(File.Create(_folder["data.npz"]), ZipArchiveMode.Create))
        {
            Add("classes", stream => stream.Write(NpyTests.Npy(classes, [1, 2, 3])));
            Add("x_train", NpyArray.From<float>([1, 2, 3, 4, 5, 6], 3, 2).Write);
            Add("y_train", NpyArray.From<long>([0, 1, 1], 3).Write);
            Add("x_test", NpyArray.From<float>([1, 2, 3, 4], 2, 2).Write);
            Add("y_test", NpyArray.From<long>([0, 1], 2).Write);
            Add("unused", NpyArray.From<byte>([1], 1).Write);

            void Add(string name, Action<Stream> write)
            {
                using var member = zip.CreateEntry(name + ".npy").Open();
                write(member);
            }
        }

        return _folder["data.npz"];
    }

    private DataSplits Open() =>
        DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "npy",
                Path = _folder.Root,
                Validation = 0,
            },
            1
        );
}

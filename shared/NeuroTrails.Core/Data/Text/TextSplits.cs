using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NeuroTrails.Files;

namespace NeuroTrails.Data;

/// <summary>Texts cut into windows of tokens, which are bytes.</summary>
/// <param name="Name">Name in the catalogue.</param>
/// <param name="Train">What is learnt from.</param>
/// <param name="Validation">What chooses the best checkpoint; null where nothing is held out.</param>
/// <param name="Test">What is reported; null where there is no such file.</param>
public sealed record TextSplits(string Name, TokenWindows Train, TokenWindows? Validation, TokenWindows? Test)
{
    /// <summary>Tokens that there are: the bytes.</summary>
    public const int Vocabulary = 256;

    private static readonly string[] ValidationNames = ["validation.txt", "valid.txt", "val.txt"];

    /// <summary>What a run on these texts is made from.</summary>
    public required DataRecord Record { get; init; }

    /// <summary>Whether a data set of the catalogue is a text.</summary>
    /// <param name="name">Value of <c>data.name</c>.</param>
    public static bool Has(string name) => DataSetCatalogue.Has(name) && DataSetCatalogue.Find(name).IsText;

    /// <summary>Reads the texts of a folder; they stay in memory.</summary>
    /// <param name="options">Which, where and how.</param>
    /// <exception cref="UserErrorException">Files are missing or too short, or an option is out of range.</exception>
    public static TextSplits Open(DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataOptionsCheck.Run(options);
        var entry = DataSetCatalogue.Find(options.Name);
        var place = DataSetCatalogue.Folder(options);
        var folder = File.Exists(place) ? place : DataFolder.Locate(entry, place) ?? throw DataFolder.Missing(entry, place);
        string[] files = File.Exists(folder) ? [folder] : [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)];
        var test = files.Where(file => Path.GetFileName(file) == "test.txt").ToArray();
        var held = files.Where(file => ValidationNames.Contains(Path.GetFileName(file))).ToArray();
        var learnt = files.Except(test).Except(held).ToArray();
        if (learnt.Length == 0)
        {
            throw DataError.Damaged(
                folder,
                $"only {string.Join(", ", files.Select(Path.GetFileName))}",
                "a file to learn from, such as train.txt"
            );
        }

        var text = Read(learnt);
        ReadOnlyMemory<byte> validation = held.Length > 0 ? Read(held) : default;
        if (held.Length == 0 && options.Validation > 0)
        {
            // The end: a part from the middle would have its context on both sides in what is learnt.
            var bytes = options.Validation < 1 ? (long)(text.Length * options.Validation) : (long)options.Validation * options.Window;
            var kept = (int)Math.Max(0, text.Length - bytes);
            (text, validation) = (text[..kept], text[kept..]);
        }

        var splits = (
            Train: Windows("training", text, isTraining: true),
            Validation: validation.Length == 0 ? null : Windows("validation", validation),
            Test: test.Length == 0 ? null : Windows("test", Read(test))
        );
        return new(entry.Name, splits.Train, splits.Validation, splits.Test)
        {
            Record = new()
            {
                Name = entry.Name,
                IsText = true,
                Shape = [1, 1, options.Window],
                Classes = Vocabulary,
                Train = Fingerprint(splits.Train),
                Validation = splits.Validation is { } v ? Fingerprint(v) : null,
                Test = splits.Test is { } t ? Fingerprint(t) : null,
            },
        };

        TokenWindows Windows(string split, ReadOnlyMemory<byte> bytes, bool isTraining = false)
        {
            var windows =
                options.Packing == "document"
                    ? TokenWindows.OfLines(bytes, options.Window, options.Limit)
                    : TokenWindows.OfAll(bytes, options.Window, options.Limit, shifts: isTraining);
            return windows.Count > 0
                ? windows
                : throw new UserErrorException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{entry.Name}: the {split} text of {bytes.Length:N0} bytes has no window of {options.Window} tokens "
                    )
                        + (options.Packing == "document" ? "(lines of one byte or none are left out). " : "(training takes two at least). ")
                        + "Change data.window, data.validation or data.path."
                );
        }

        SplitRecord Fingerprint(TokenWindows windows) =>
            new(
                windows.Count,
                null,
                Hex(SHA256.HashData(Encoding.UTF8.GetBytes($"bytes, {options.Packing}, {options.Window}"))),
                Hex(SHA256.HashData(windows.Text.Span))
            );

        static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
    }

    private static ReadOnlyMemory<byte> Read(string[] files)
    {
        var total = files.Sum(file => new FileInfo(file).Length);
        if (total > Array.MaxLength)
        {
            throw DataError.Damaged(
                files[0],
                string.Create(CultureInfo.InvariantCulture, $"{total:N0} bytes of text"),
                string.Create(CultureInfo.InvariantCulture, $"at most {Array.MaxLength:N0} in a split, which are kept in memory")
            );
        }

        byte[][] parts = [.. files.Select(file => RegularFile.ReadAllBytes(file))];
        return parts.Length == 1 ? parts[0] : parts.SelectMany(part => part).ToArray();
    }
}

#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

/// <summary>
/// Build step: lets the output folder's copy of TorchSharp's native library load where the system's C++ library is older than GCC 13's.
/// TorchSharp 0.107 asks libstdc++ for version GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 lack, because of one symbol:
/// std::ios_base_library_init(). In the copy that symbol becomes std::ios_base::Init::Init() of GLIBCXX_3.4, by which older programs
/// initialise the same streams, and the version's entry becomes weak, so that the loader does not insist on it. Where the library is new
/// enough the file stays as it is; a second call changes nothing.
/// </summary>
/// <remarks>MSBuild compiles this file by itself when the step runs, so it holds everything that the step needs.</remarks>
public sealed class UseOlderCxxLibrary : Microsoft.Build.Utilities.Task
{
    private const string TooNew = "_ZSt21ios_base_library_initv";
    private const string Older = "_ZNSt8ios_base4InitC1Ev";
    private const string OlderVersion = "GLIBCXX_3.4";

    /// <summary>Native library in the output folder.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>The system's C++ library; by default the one that the running .NET has loaded,
    /// which is the one that a program will get.</summary>
    public string SystemLibrary { get; set; } = "";

    /// <summary>File that receives one line on what was done, and why.</summary>
    [Required]
    public string Report { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var system = SystemLibrary.Length > 0 ? SystemLibrary : LoadedCxxLibrary();
        if (system == null)
        {
            File.WriteAllText(Report, "left as it is: the system's C++ library was not found\n");
            return true;
        }

        try
        {
            var lines = Apply(Library, File.ReadAllBytes(system));
            File.WriteAllText(Report, lines + " (" + system + ")\n");
            Log.LogMessage(MessageImportance.Low, Library + ": " + lines);
            return true;
        }
        catch (InvalidDataException fault)
        {
            Log.LogError(
                Library
                    + " "
                    + fault.Message
                    + " ("
                    + system
                    + "). Use a system with a newer C++ library: Debian 13, Ubuntu 24.04 or later."
            );
            return false;
        }
    }

    /// <summary>Changes the file where it asks for more than the system has; says what was done.</summary>
    /// <param name="library">Path of the native library; its time stays, so that incremental builds do not copy it again.</param>
    /// <param name="system">Contents of the system's C++ library.</param>
    /// <exception cref="InvalidDataException">The file cannot be made to load on this system.</exception>
    public static string Apply(string library, byte[] system)
    {
        var bytes = File.ReadAllBytes(library);
        var elf = new ElfFile(bytes);
        var provided = new HashSet<string>(elf.Needs.Where(need => Contains(system, need.Name)).Select(need => need.Name));
        var missing = elf
            .Needs.Where(need => need.Name.StartsWith("GLIBCXX_", StringComparison.Ordinal) && !need.Weak && !provided.Contains(need.Name))
            .ToArray();
        if (missing.Length == 0)
        {
            return elf.Needs.Any(need => need.Weak)
                ? "adapted: it runs with a C++ library older than it was built for"
                : "left as it is: the system's C++ library is new enough";
        }

        var symbols = elf.Symbols.Where(symbol => missing.Any(need => need.Index == symbol.Version)).ToArray();
        var older = elf.Needs.FirstOrDefault(need => need.Name == OlderVersion);
        if (missing.Length != 1 || symbols.Length != 1 || symbols[0].Name != TooNew || older.Name == null)
        {
            throw new InvalidDataException(
                "needs "
                    + string.Join(", ", missing.Select(need => need.Name))
                    + " for "
                    + string.Join(", ", symbols.Select(symbol => symbol.Name))
                    + ", which the system's C++ library lacks"
            );
        }

        elf.Rename(symbols[0], Older);
        elf.SetVersion(symbols[0], older.Index);
        elf.MakeWeak(missing[0]);
        Replace(library, bytes);
        return "adapted: the system's C++ library lacks " + missing[0].Name;
    }

    // A new file under the old name: the old one may be a hard link into the package cache, or in use.
    private static void Replace(string path, byte[] bytes)
    {
        var time = File.GetLastWriteTimeUtc(path);
        var draft = path + ".new";
        File.Copy(path, draft, overwrite: true);
        File.WriteAllBytes(draft, bytes);
        File.SetLastWriteTimeUtc(draft, time);
        File.Delete(path);
        File.Move(draft, path);
    }

    private static string? LoadedCxxLibrary()
    {
        const string Maps = "/proc/self/maps";
        return !File.Exists(Maps)
            ? null
            : File.ReadLines(Maps)
                .Select(line => line.IndexOf('/') is var at && at >= 0 ? line.Substring(at) : "")
                .FirstOrDefault(path => Path.GetFileName(path).StartsWith("libstdc++.so", StringComparison.Ordinal));
    }

    // A version's name stands in the library as a string of its own.
    private static bool Contains(byte[] system, string version)
    {
        var wanted = Encoding.ASCII.GetBytes("\0" + version + "\0");
        for (var from = 0; (from = Array.IndexOf(system, wanted[0], from)) >= 0 && from <= system.Length - wanted.Length; from++)
        {
            var length = 1;
            while (length < wanted.Length && system[from + length] == wanted[length])
            {
                length++;
            }

            if (length == wanted.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A version that a library asks of another one.</summary>
    private readonly struct Need(string name, int index, bool weak, int flagsAt)
    {
        public string Name => name;

        public int Index => index;

        public bool Weak => weak;

        public int FlagsAt => flagsAt;
    }

    /// <summary>A symbol by its name, its version's index, and where both are written.</summary>
    private readonly struct Symbol(string name, int nameAt, int version, int versionAt)
    {
        public string Name => name;

        public int NameAt => nameAt;

        public int Version => version;

        public int VersionAt => versionAt;
    }

    /// <summary>The dynamic symbols and needed versions of a 64-bit little-endian ELF file (System V ABI, LSB symbol versioning).</summary>
    private sealed class ElfFile
    {
        private const int DynamicSymbols = 11;
        private const int VersionNeeds = 0x6ffffffe;
        private const int VersionSymbols = 0x6fffffff;
        private const int WeakFlag = 2;
        private readonly byte[] _bytes;
        private readonly long _names;

        public ElfFile(byte[] bytes)
        {
            _bytes = bytes;
            if (
                bytes.Length < 64
                || bytes[0] != 0x7f
                || bytes[1] != 'E'
                || bytes[2] != 'L'
                || bytes[3] != 'F'
                || bytes[4] != 2
                || bytes[5] != 1
            )
            {
                throw new InvalidDataException("is no 64-bit little-endian ELF file");
            }

            var symbols = Section(DynamicSymbols);
            var versions = Section(VersionSymbols);
            var needs = Section(VersionNeeds);
            if (symbols < 0 || versions < 0 || needs < 0)
            {
                throw new InvalidDataException("has no versioned dynamic symbols");
            }

            _names = Long(SectionHeader((int)Word(symbols + 40)) + 24);
            Needs = ReadNeeds(Long(needs + 24), Word(needs + 44)).ToArray();
            Symbols = ReadSymbols(Long(symbols + 24), Long(symbols + 32) / 24, Long(versions + 24)).ToArray();
        }

        public Need[] Needs { get; }

        public Symbol[] Symbols { get; }

        public void Rename(Symbol symbol, string name)
        {
            // Linkers let names share their ends: another name inside this one would change with it.
            var inside = Symbols
                .Where(other => other.NameAt > symbol.NameAt && other.NameAt <= symbol.NameAt + symbol.Name.Length)
                .ToArray();
            if (inside.Length > 0)
            {
                throw new InvalidDataException("shares the name of " + symbol.Name + " with " + inside[0].Name);
            }

            var bytes = Encoding.ASCII.GetBytes(name.PadRight(symbol.Name.Length, '\0'));
            Array.Copy(bytes, 0, _bytes, symbol.NameAt, bytes.Length);
        }

        public void SetVersion(Symbol symbol, int index)
        {
            _bytes[symbol.VersionAt] = (byte)index;
            _bytes[symbol.VersionAt + 1] = (byte)(index >> 8);
        }

        public void MakeWeak(Need need) => _bytes[need.FlagsAt] |= WeakFlag;

        private IEnumerable<Need> ReadNeeds(long at, long files)
        {
            for (; files > 0; files--)
            {
                var entry = at + Word(at + 8);
                for (var count = Half(at + 2); count > 0; count--)
                {
                    yield return new Need(Name(Word(entry + 8)), Half(entry + 6), (Half(entry + 4) & WeakFlag) != 0, Checked(entry + 4, 2));
                    var next = Word(entry + 12);
                    if (next == 0)
                    {
                        break;
                    }

                    entry += next;
                }

                if (Word(at + 12) == 0)
                {
                    yield break;
                }

                at += Word(at + 12);
            }
        }

        private IEnumerable<Symbol> ReadSymbols(long at, long count, long versions)
        {
            for (long index = 0; index < count; index++)
            {
                var name = Word(at + (index * 24));
                yield return new Symbol(
                    Name(name),
                    Checked(_names + name, 1),
                    Half(versions + (index * 2)),
                    Checked(versions + (index * 2), 2)
                );
            }
        }

        private long Section(int type)
        {
            for (var index = 0; index < Half(60); index++)
            {
                if (Word(SectionHeader(index) + 4) == type)
                {
                    return SectionHeader(index);
                }
            }

            return -1;
        }

        private long SectionHeader(int index) => Long(40) + (index * (long)Half(58));

        private string Name(long offset)
        {
            var start = Checked(_names + offset, 1);
            var end = Array.IndexOf(_bytes, (byte)0, start);
            return Encoding.ASCII.GetString(_bytes, start, (end < 0 ? _bytes.Length : end) - start);
        }

        private int Half(long at) => BitConverter.ToUInt16(_bytes, Checked(at, 2));

        private long Word(long at) => BitConverter.ToUInt32(_bytes, Checked(at, 4));

        private long Long(long at) => BitConverter.ToInt64(_bytes, Checked(at, 8));

        private int Checked(long at, int length) =>
            at >= 0 && at <= _bytes.Length - length ? (int)at : throw new InvalidDataException("is damaged: it points outside of itself");
    }
}

using System.Reflection;
using System.Text;
using TorchSharp;

namespace NeuroTrails.Tests.House;

/// <summary>The build step for older C++ libraries, on TorchSharp's own native library.</summary>
public sealed class CxxLibraryStepTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("neurotrails cxx ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Where_the_library_is_too_old_one_symbol_and_its_version_change()
    {
        var (file, before) = Copy();
        var time = File.GetLastWriteTimeUtc(file);
        Assert.Equal("adapted: the system's C++ library lacks GLIBCXX_3.4.32", UseOlderCxxLibrary.Apply(file, System(30)));
        var after = File.ReadAllBytes(file);
        var changed = Enumerable.Range(0, after.Length).Where(at => before[at] != after[at]).ToArray();
        // The name, the index of its version, the flag of the version's entry.
        Assert.InRange(changed.Length, 1, 28 + 2 + 1);
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(time, File.GetLastWriteTimeUtc(file));
        Assert.Equal(-1, after.AsSpan().IndexOf("_ZSt21ios_base_library_initv\0"u8));

        Assert.Equal("adapted: it runs with a C++ library older than it was built for", UseOlderCxxLibrary.Apply(file, System(30)));
        Assert.True(after.AsSpan().SequenceEqual(File.ReadAllBytes(file)), "A second call changed the file.");
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Where_the_library_is_new_enough_nothing_changes()
    {
        var (file, before) = Copy();
        Assert.Equal("left as it is: the system's C++ library is new enough", UseOlderCxxLibrary.Apply(file, System(32)));
        Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(file)));
    }

    [Fact]
    public void A_library_that_lacks_more_is_refused_by_name()
    {
        var (file, before) = Copy();
        var refusal = Assert.Throws<InvalidDataException>(() => UseOlderCxxLibrary.Apply(file, System(28)));
        Assert.Contains("GLIBCXX_3.4.29", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("GLIBCXX_3.4.32", refusal.Message, StringComparison.Ordinal);
        Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(file)));
    }

    [Fact]
    public void A_damaged_file_is_refused_or_still_a_library_and_never_anything_worse()
    {
        var (file, whole) = Copy();
        Random random = new(11);
        var refused = 0;
        for (var round = 0; round < 300; round++)
        {
            var bytes = round % 3 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            for (var fault = 0; fault < 8 && bytes.Length > 0; fault++)
            {
                // Headers at the front, the section table at the end, anything between.
                var at = random.Next(3) switch
                {
                    0 => random.Next(Math.Min(64, bytes.Length)),
                    1 => bytes.Length - 1 - random.Next(Math.Min(2500, bytes.Length)),
                    _ => random.Next(bytes.Length),
                };
                bytes[at] = (byte)random.Next(256);
            }

            File.WriteAllBytes(file, bytes);
            try
            {
                UseOlderCxxLibrary.Apply(file, System(30));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 50, 299);
    }

    [Fact]
    public void This_program_runs_on_what_the_build_made()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.Matches("^(adapted|left as it is): .* \\(/.*libstdc\\+\\+.*\\)$", File.ReadAllText(library + ".txt").TrimEnd());
        Assert.Equal(3f, torch.ones(3).sum().item<float>());
    }

    /// <summary>As much of a C++ library as the step looks at: the names of its versions up to 3.4.<paramref name="last"/>.</summary>
    private static byte[] System(int last) =>
        Encoding.ASCII.GetBytes("\0GLIBCXX_3.4\0" + string.Concat(Enumerable.Range(1, last).Select(minor => $"GLIBCXX_3.4.{minor}\0")));

    // The package's own file: the one beside this program may have been changed by the build.
    private (string File, byte[] Bytes) Copy()
    {
        var package = typeof(CxxLibraryStepTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "TorchSharpPackage")
            .Value!;
        var file = Path.Combine(_folder, "libLibTorchSharp.so");
        File.Copy(Path.Combine(package, "runtimes", "linux-x64", "native", "libLibTorchSharp.so"), file);
        return (file, File.ReadAllBytes(file));
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The C ABI of embedded/native, and where its library is found.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Lib = "neurotrails_torch";
    private const string FileName = "libneurotrails_torch.so";

    [LibraryImport(Lib)]
    private static partial byte* nt_last_error();
    [LibraryImport(Lib)]
    private static partial byte* nt_version();
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void nt_set_error(string text);

    /// <summary>The libtorch that the library was compiled against.</summary>
    internal static string Version => Marshal.PtrToStringUTF8((nint)nt_version()) ?? "";

    /// <summary>The last failure of this thread, as real TorchSharp reports it.</summary>
    internal static ExternalException Error() => new(Marshal.PtrToStringUTF8((nint)nt_last_error()));

    /// <summary>Throws unless a call succeeded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Ok(int status)
    {
        if (status != 0)
        {
            throw Error();
        }
    }

    [ModuleInitializer]
    internal static void Initialise() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Lib)
        {
            return 0;
        }
        List<string> tried = [];
        foreach (string candidate in Candidates())
        {
            tried.Add(candidate);
            if (!File.Exists(candidate))
            {
                continue;
            }
            try
            {
                return NativeLibrary.Load(candidate);
            }
            catch (DllNotFoundException e)
            {
                throw new DllNotFoundException($"{candidate} cannot be loaded: {e.Message} "
                    + "Was libtorch removed or replaced? './neurotrails setup' builds the native layer again.", e);
            }
        }
        throw new DllNotFoundException($"The native layer over libtorch is missing ({FileName}). Run './neurotrails setup', "
            + $"or name the file by NEUROTRAILS_NATIVE. Looked at: {string.Join(", ", tried)}");
    }

    // An explicit file or folder decides alone; else the nearest artifacts/native above the program, the one for TORCH_DIR or the
    // system's first, then whichever was built last.
    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("NEUROTRAILS_NATIVE") is { Length: > 0 } chosen)
        {
            yield return Directory.Exists(chosen) ? Path.Combine(chosen, FileName) : chosen;
            yield break;
        }
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string native = Path.Combine(folder.FullName, "artifacts", "native");
            if (!Directory.Exists(native))
            {
                continue;
            }
            if (Environment.GetEnvironmentVariable("TORCH_DIR") is not { Length: > 0 })
            {
                yield return Path.Combine(native, "system", FileName);
            }
            foreach (string file in Directory.EnumerateDirectories(native).Select(d => Path.Combine(d, FileName)).Where(File.Exists)
                         .OrderByDescending(File.GetLastWriteTimeUtc))
            {
                yield return file;
            }
        }
    }
}

using System.Runtime.InteropServices;
using TorchSharp;

namespace NeuroTrails.Memory;

/// <summary>
/// libtorch's allocator for CPU tensors, with a <see cref="BufferCache"/> for large ones. glibc's malloc, which libtorch uses for all of
/// them, keeps what a training step frees in pieces that fit nobody (over a third of the process' memory), and the rest of it goes back to
/// the system and is filled with zeros anew at every step.
/// </summary>
/// <remarks>
/// <c>c10::SetCPUAllocator</c> takes an object of a C++ class; here its table of virtual functions is made by hand, from that of the
/// default allocator, for the exact version of libtorch that this was written for. Small tensors, and what the system has no memory for, go
/// to the default allocator without passing through .NET, so that its C++ exception reaches TorchSharp as ever. Where anything is not as
/// expected the default allocator stays, and <see cref="State"/> says why.
/// </remarks>
public static unsafe class CpuAllocator
{
    /// <summary>Tensors of this many bytes and more come from the cache.</summary>
    public const int Smallest = 1 << 20;

    /// <summary>Environment variable that keeps the default allocator where it is <c>system</c>.</summary>
    public const string Switch = "NEUROTRAILS_ALLOCATOR";

    private const string Library = "libc10.so";
    private const string Version = "2.10.0.0";
    private const int VirtualFunctions = 6;
    private const int AllocateSlot = 2;
    private const int DeleterSlot = 4;
    private const int ReadWrite = 3;
    private const int ReadExecute = 5;
    private const int PrivateAnonymous = 0x22;
    private const int HugePages = 14;
    private const nint SmallestHuge = 4 << 20;
    private const nint Failed = -1;
    private static readonly Lock Gate = new();
    private static BufferCache? _cache;
    private static delegate* unmanaged<void*, void> _defaultDelete;

    /// <summary>One line: in use, or why not.</summary>
    public static string State { get; private set; } = "glibc's malloc: not asked for";

    /// <summary>The cache; null where the default allocator is in use.</summary>
    public static BufferCache? Cache => _cache;

    /// <summary>Puts the allocator in place for all tensors made from now on. Later calls change nothing.</summary>
    /// <returns>Whether it is in place.</returns>
    public static bool Install()
    {
        lock (Gate)
        {
            if (_cache is null)
            {
                State = Obstacle() is { } obstacle
                    ? $"glibc's malloc: {obstacle}"
                    : "large tensors from a cache of buffers, small ones from glibc's malloc";
            }

            return _cache is not null;
        }
    }

    /// <summary>Gives memory that nobody uses back to the system: kept buffers, and what malloc
    /// holds. For the end of a run, not for every step.</summary>
    public static void Trim()
    {
        _cache?.Trim();
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = malloc_trim(0);
            }
            catch (EntryPointNotFoundException)
            {
                // Another C library than glibc has none.
            }
        }
    }

    private static string? Obstacle()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "the cache is written for Linux x64";
        }

        if (torch.__version__ != Version)
        {
            return $"the cache is written for libtorch {Version}, and this is {torch.__version__}";
        }

        if (Environment.GetEnvironmentVariable(Switch) == "system")
        {
            return $"{Switch}=system asks for it";
        }

        if (Environment.GetEnvironmentVariable("LD_PRELOAD")?.Contains("malloc", StringComparison.Ordinal) == true)
        {
            return "LD_PRELOAD brings an allocator";
        }

        if (
            !NativeLibrary.TryLoad(Library, typeof(CpuAllocator).Assembly, null, out var c10)
            || !NativeLibrary.TryGetExport(c10, "_ZN3c1015GetCPUAllocatorEv", out var get)
            || !NativeLibrary.TryGetExport(c10, "_ZN3c1015SetCPUAllocatorEPNS_9AllocatorEh", out var set)
            || !NativeLibrary.TryGetExport(c10, "_ZTVN3c1019DefaultCPUAllocatorE", out var table)
        )
        {
            return $"{Library} lacks what the cache builds on";
        }

        var current = ((delegate* unmanaged<void**>)get)();
        // Behind the offset to the top and the type information.
        var functions = (void**)table + 2;
        if (*current != functions)
        {
            return "another allocator is in place";
        }

        _defaultDelete = ((delegate* unmanaged<void*, delegate* unmanaged<void*, void>>)functions[DeleterSlot])(current);
        DataPointer probe = default;
        ((delegate* unmanaged<DataPointer*, void*, nuint, DataPointer*>)functions[AllocateSlot])(&probe, current, 64);
        if (probe.Data == null || probe.Context != probe.Data || (void*)probe.Delete != (void*)_defaultDelete || probe.DeviceKind != 0)
        {
            return "libtorch lays out its pointers otherwise";
        }

        _defaultDelete(probe.Context);
        var code = MakeCode(functions[AllocateSlot]);
        if (code == null)
        {
            return "the system forbids code that is made at run time";
        }

        var copy = (void**)NativeMemory.Alloc(VirtualFunctions + 2, (nuint)sizeof(void*));
        new ReadOnlySpan<nint>((void*)table, VirtualFunctions + 2).CopyTo(new(copy, VirtualFunctions + 2));
        copy[2 + AllocateSlot] = code;
        copy[2 + DeleterSlot] = (byte*)code + Code.DeleterAt;
        var allocator = (void**)NativeMemory.Alloc((nuint)sizeof(void*));
        *allocator = copy + 2;
        _cache = new(Map, Unmap);
        ((delegate* unmanaged<void*, byte, void>)set)(allocator, byte.MaxValue);
        return null;
    }

    [UnmanagedCallersOnly]
    private static DataPointer* Allocate(DataPointer* result, void* self, nint bytes)
    {
        var address = _cache!.Take(bytes);
        if (address == 0)
        {
            return null;
        }

        *result = new()
        {
            Data = (void*)address,
            Delete = &Delete,
            Context = (void*)address,
            DeviceKind = 0,
            DeviceIndex = -1,
        };
        return result;
    }

    [UnmanagedCallersOnly]
    private static void Delete(void* context)
    {
        if (context != null && !_cache!.Return((nint)context))
        {
            _defaultDelete(context);
        }
    }

    private static nint Map(nint bytes)
    {
        var address = mmap(0, bytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (address == Failed)
        {
            return 0;
        }

        if (bytes >= SmallestHuge)
        {
            // Large pages, where the system has them: fewer faults, fewer misses of the translation buffer.
            _ = madvise(address, bytes, HugePages);
        }

        return address;
    }

    private static void Unmap(nint address, nint bytes) => _ = munmap(address, bytes);

    private static void* MakeCode(void* allocate)
    {
        var page = (nint)Environment.SystemPageSize;
        var code = mmap(0, page, ReadWrite, PrivateAnonymous, -1, 0);
        if (code == Failed)
        {
            return null;
        }

        Code.Write(
            new((void*)code, (int)page),
            (nint)allocate,
            (nint)(delegate* unmanaged<DataPointer*, void*, nint, DataPointer*>)&Allocate,
            (nint)(delegate* unmanaged<void*, void>)&Delete
        );
        return mprotect(code, page, ReadExecute) == 0 ? (void*)code : null;
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int munmap(nint address, nint length);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int madvise(nint address, nint length, int advice);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mprotect(nint address, nint length, int protection);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int malloc_trim(nuint pad);

    /// <summary><c>c10::DataPtr</c> as GCC lays it out: data, the deleter and the context of its <c>unique_ptr</c>, the device.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct DataPointer
    {
        public void* Data;
        public delegate* unmanaged<void*, void> Delete;
        public void* Context;
        public sbyte DeviceKind;
        public sbyte DeviceIndex;
    }

    /// <summary>The two virtual functions in machine code (x64, System V). An exception of the default allocator must not meet a frame of
    /// .NET, so nothing of ours is left on the stack when it is called.</summary>
    private static class Code
    {
        public const int DeleterAt = 64;

        public static void Write(Span<byte> code, nint allocate, nint ours, nint delete)
        {
            byte[] allocator =
            [
                0x48,
                0x81,
                0xFA,
                .. BitConverter.GetBytes(Smallest), //  0: cmp rdx, Smallest
                0x72,
                0x18, //  7: jb 33
                0x57,
                0x56,
                0x52, //  9: push rdi, rsi, rdx (which aligns the stack)
                0x48,
                0xB8,
                .. BitConverter.GetBytes((long)ours), // 12: mov rax, ours
                0xFF,
                0xD0, // 22: call rax
                0x5A,
                0x5E,
                0x5F, // 24: pop rdx, rsi, rdi
                0x48,
                0x85,
                0xC0, // 27: test rax, rax
                0x74,
                0x01, // 30: jz 33
                0xC3, // 32: ret
                0x48,
                0xB8,
                .. BitConverter.GetBytes((long)allocate), // 33: mov rax, allocate
                0xFF,
                0xE0, // 43: jmp rax
            ];
            byte[] deleter = [0x48, 0xB8, .. BitConverter.GetBytes((long)delete), 0xC3]; // mov rax, delete; ret
            allocator.CopyTo(code);
            deleter.CopyTo(code[DeleterAt..]);
        }
    }
}

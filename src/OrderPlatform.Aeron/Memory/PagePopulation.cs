using System.Runtime.InteropServices;

namespace OrderPlatform.Aeron.Memory;

/// <summary>Faults the pages of a mapping in ahead of their use, so that no message waits for the kernel to find one.</summary>
internal static unsafe partial class PagePopulation
{
    /// <summary>MADV_POPULATE_WRITE, Linux 5.14: the pages are made and mapped for writing; what they hold stays.</summary>
    private const int PopulateWrite = 23;
    private const int PageBytes = 4096;

    /// <summary>Populates all of a mapping that is page-aligned.</summary>
    public static void Populate(byte* address, long lengthBytes)
    {
        if (OperatingSystem.IsLinux() && Advise(address, (nuint)lengthBytes, PopulateWrite) == 0)
            return;
        // Adding nothing writes the page and changes nothing of it, whoever else writes there.
        for (long offset = 0; offset < lengthBytes; offset += PageBytes)
            Interlocked.Add(ref *(int*)(address + offset), 0);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint lengthBytes, int advice);
}

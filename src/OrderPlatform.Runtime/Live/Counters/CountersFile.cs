using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Runtime.Live.Counters;

/// <summary>The writer's end of a counters file: three blocks, each for one thread. A write is a copy between two stores; nobody is waited for.</summary>
public sealed unsafe class CountersFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _address;

    private CountersFile(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, CountersLayout.FileLength);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _address);
        _address += _view.PointerOffset;
    }

    /// <summary>Makes the file of a run; one of an earlier run is replaced, and who reads that goes on reading it.</summary>
    /// <param name="journal">The journal's folder.</param>
    /// <param name="engine">Whose it is.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static CountersFile Create(string journal, RunningEngine engine)
    {
        var bytes = new byte[CountersLayout.FileLength];
        ref CountersHeader header = ref MemoryMarshal.AsRef<CountersHeader>(bytes.AsSpan());
        header.Magic = MemoryMarshal.Read<ulong>(CountersLayout.Magic);
        header.Version = CountersLayout.Version;
        header.Length = bytes.Length;
        header.ProcessId = engine.ProcessId;
        header.ProcessStart = engine.ProcessStart;
        header.StartedNanos = (engine.StartedAt - DateTimeOffset.UnixEpoch).Ticks * 100;
        header.Epoch = engine.Epoch;
        header.FirstSequence = engine.FirstSequence;
        string path = CountersLayout.PathOf(journal);
        AtomicFile.Write(journal, path, bytes);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return new CountersFile(MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false));
    }

    /// <summary>Writes the pipeline's block; always from the same thread.</summary>
    public void Write(in PipelineCounters counters) => Write(CountersLayout.PipelineOffset, counters);

    /// <summary>Writes the latencies' block; always from the same thread.</summary>
    public void Write(in LatencyCounters counters) => Write(CountersLayout.LatencyOffset, counters);

    /// <summary>Writes the state's block; always from the same thread.</summary>
    public void Write(in StateCounters counters) => Write(CountersLayout.StateOffset, counters);

    /// <inheritdoc />
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private void Write<TBlock>(int offset, in TBlock block)
        where TBlock : unmanaged
    {
        ref long version = ref Unsafe.AsRef<long>(_address + offset);
        ref long length = ref Unsafe.AsRef<long>(_address + offset + 8);

        // Odd before the first byte changes (the fence keeps the copy behind it), even after the last one (a release store keeps the copy before it).
        long before = version;
        Volatile.Write(ref version, before + 1);
        Interlocked.MemoryBarrier();
        length = sizeof(TBlock);
        Unsafe.WriteUnaligned(_address + offset + CountersLayout.BlockHeader, block);
        Volatile.Write(ref version, before + 2);
    }
}

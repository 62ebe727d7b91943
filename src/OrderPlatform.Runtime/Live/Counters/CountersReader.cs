using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Runtime.Live.Counters;

/// <summary>What a counters file showed at a moment.</summary>
/// <param name="Header">Whose it is.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Latency">Latencies.</param>
/// <param name="State">The state.</param>
/// <param name="IsAlive">Whether the process that writes it is there.</param>
public sealed record CountersSample(CountersHeader Header, PipelineCounters Pipeline, LatencyCounters Latency, StateCounters State, bool IsAlive)
{
    /// <summary>Blocks that were half written when their process ended, and stay so: they are all zero here.</summary>
    public IReadOnlyList<string> TornBlocks { get; init; } = [];
}

/// <summary>A reader of a counters file: maps it for reading, so that nothing it does is seen by the engine.</summary>
public sealed unsafe class CountersReader : IDisposable
{
    private const int TriesMax = 2_000;

    private readonly FileStream _stream;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _address;
    private readonly string _path;

    private CountersReader(FileStream stream, MemoryMappedFile file)
    {
        _path = stream.Name;
        _stream = stream;
        _file = file;
        _view = file.CreateViewAccessor(0, CountersLayout.FileLength, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _address);
        _address += _view.PointerOffset;
    }

    /// <summary>Opens the file of a journal.</summary>
    /// <exception cref="OperatorException">It is not there, or is none that this build reads; the text says what to do.</exception>
    public static CountersReader Open(string journal)
    {
        string path = CountersLayout.PathOf(journal);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Require(stream, path);
            return new CountersReader(stream, MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OperatorException($"{path}: no engine has run on this journal since it writes counters: start one with run … --journal {journal}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OperatorException)
        {
            stream?.Dispose();
            throw failure is OperatorException ? failure : new OperatorException($"{path}: {failure.Message}", failure);
        }
    }

    /// <summary>Whether a later run has put another file in this one's place.</summary>
    public bool IsReplaced
    {
        get
        {
            try
            {
                using CountersReader newer = Open(Path.GetDirectoryName(_path)!);
                return newer.Header.ProcessStart != Header.ProcessStart || newer.Header.StartedNanos != Header.StartedNanos;
            }
            catch (OperatorException)
            {
                return false;
            }
        }
    }

    private CountersHeader Header => Unsafe.ReadUnaligned<CountersHeader>(_address);

    /// <summary>Reads all blocks, each as it was at one moment.</summary>
    /// <exception cref="OperatorException">The file was cut, or a block is written again faster than it can be read.</exception>
    public CountersSample Read()
    {
        if (_stream.Length < CountersLayout.FileLength)
        {
            throw new OperatorException($"{_path} was cut to {_stream.Length} bytes: start the engine again, which makes a new one");
        }

        CountersHeader header = Header;
        var torn = new List<string>();
        bool isAlive = ProcessIdentity.StartOf((int)header.ProcessId) == header.ProcessStart;
        return new CountersSample(
            header,
            Read<PipelineCounters>(CountersLayout.PipelineOffset, "pipeline", isAlive, torn),
            Read<LatencyCounters>(CountersLayout.LatencyOffset, "latency", isAlive, torn),
            Read<StateCounters>(CountersLayout.StateOffset, "state", isAlive, torn),
            isAlive)
        {
            TornBlocks = torn,
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
        _stream.Dispose();
    }

    private static void Require(FileStream stream, string path)
    {
        CountersHeader header = default;
        var bytes = new Span<byte>(&header, sizeof(CountersHeader));
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || !bytes.StartsWith(CountersLayout.Magic))
        {
            throw new OperatorException($"{path} is no counters file: start the engine again, which makes a new one");
        }

        if (header.Version != CountersLayout.Version)
        {
            throw new OperatorException($"{path} has layout {header.Version}, this build reads {CountersLayout.Version}: use the op-admin of the build that runs");
        }

        if (header.Length != CountersLayout.FileLength || stream.Length != CountersLayout.FileLength)
        {
            throw new OperatorException(
                $"{path} has {stream.Length} bytes and says {header.Length}, where {CountersLayout.FileLength} are right: it is damaged; start the engine again, which makes a new one");
        }
    }

    private TBlock Read<TBlock>(int offset, string name, bool isAlive, List<string> torn)
        where TBlock : unmanaged
    {
        ref long version = ref Unsafe.AsRef<long>(_address + offset);
        var pause = default(SpinWait);
        for (int i = 0; i < TriesMax; i++)
        {
            long before = Volatile.Read(ref version);
            if ((before & 1) == 0)
            {
                // The fence keeps the copy before the second look.
                TBlock block = Unsafe.ReadUnaligned<TBlock>(_address + offset + CountersLayout.BlockHeader);
                Interlocked.MemoryBarrier();
                if (Volatile.Read(ref version) == before)
                {
                    return block;
                }
            }
            else if (!isAlive)
            {
                torn.Add(name);
                return default;
            }

            pause.SpinOnce();
        }

        throw new OperatorException($"{_path}: the {name} block is being written all the time: the process that writes it may hang; see with 'doctor'");
    }
}

using System.Globalization;
using System.Text;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;

namespace OrderPlatform.Runtime.Replay;

/// <summary>
/// Writes what an engine made of each input of a range, for another build to compare (N7). Text, a line each; hexadecimal is lower case.
/// <code>
/// orderplatform-digests 1 first=1 record=9d1c03e5 state-every=1024 outputs=… state=…     before the first input
/// 1 9d1c03e5 0f3a…                     an input: sequence, checksum of its record, digest of all outputs so far
/// state 1024 77b0…                     after every so many inputs, and after the last: digest of the state
/// end 91089                            without it the file was cut off
/// </code>
/// The file is written beside its name and gets it once it is whole.
/// </summary>
public sealed class DigestFileWriter : IReplayObserver, IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int LineBytesMax = 256;

    private readonly string _path;
    private readonly int _stateEvery;
    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private long _lastState = -1;
    private bool _isComplete;

    private DigestFileWriter(string path, int stateEvery, FileStream file)
    {
        _path = path;
        _stateEvery = stateEvery;
        _file = file;
    }

    private string Aside => _file.Name;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its name, which must be free.</param>
    /// <param name="stateEvery">Inputs between two digests of the state, from 1; each walks every table.</param>
    /// <exception cref="DigestFileException">There is a file of that name, or it cannot be made.</exception>
    public static DigestFileWriter Create(string path, int stateEvery)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stateEvery, 1);
        if (Path.Exists(path))
        {
            throw new DigestFileException($"{path} is there already: remove it, or write the digests to another file");
        }

        try
        {
            return new DigestFileWriter(path, stateEvery, new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigestFileException($"{path} cannot be written: {e.Message.TrimEnd('.')}: name a file in a folder that is there and may be written to");
        }
    }

    /// <inheritdoc />
    public void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ulong outputs = engine.Outputs.Digest;
        string place = string.Create(CultureInfo.InvariantCulture, $"first={engine.State.Sequence + 1} record={SnapshotTie.Of(journal):x8} state-every={_stateEvery}");
        string digests = $"outputs={outputs:x16} state={engine.StateDigest():x16}";
        _used = Encoding.ASCII.GetBytes($"{DigestFileHeader.Magic} {DigestFileHeader.Version} {place} {digests}\n", _buffer);
    }

    /// <inheritdoc />
    public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(engine);
        long sequence = engine.State.Sequence;
        Put(sequence);
        Put((byte)' ');
        PutHex(SnapshotTie.Of(journal), 8);
        Put((byte)' ');
        PutHex(engine.Outputs.Digest, 16);
        Put((byte)'\n');
        if (sequence % _stateEvery == 0)
        {
            PutState(engine);
        }

        if (_used > BufferBytes - LineBytesMax)
        {
            Flush();
        }

        return true;
    }

    /// <summary>Ends the file and gives it its name.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Complete(BusinessLogicProcessor engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (_lastState != engine.State.Sequence)
        {
            PutState(engine);
        }

        Put("end "u8);
        Put(engine.State.Sequence);
        Put((byte)'\n');
        Flush();
        _file.Dispose();
        File.Move(Aside, _path, overwrite: false);
        _isComplete = true;
    }

    /// <summary>Lets go of the file; what was not completed is removed.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (!_isComplete)
        {
            File.Delete(Aside);
        }
    }

    private void PutState(BusinessLogicProcessor engine)
    {
        _lastState = engine.State.Sequence;
        Put("state "u8);
        Put(_lastState);
        Put((byte)' ');
        PutHex(engine.StateDigest(), 16);
        Put((byte)'\n');
    }

    private void Put(byte one) => _buffer[_used++] = one;

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
    }

    private void Put(long value)
    {
        value.TryFormat(_buffer.AsSpan(_used), out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    private void PutHex(ulong value, int digits)
    {
        Span<byte> text = _buffer.AsSpan(_used, digits);
        for (int i = digits - 1; i >= 0; i--)
        {
            text[i] = "0123456789abcdef"u8[(int)(value & 15)];
            value >>= 4;
        }

        _used += digits;
    }

    private void Flush()
    {
        _file.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}

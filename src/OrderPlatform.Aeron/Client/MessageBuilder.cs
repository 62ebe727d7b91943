using System.Buffers.Binary;
using System.Numerics;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Client;

/// <summary>Puts the fragments of one message of one session together.</summary>
internal sealed class MessageBuilder
{
    private const int CapacityMin = 4096;
    private const int NothingExpected = -1;

    private readonly byte[] _header = new byte[DataHeader.LengthBytes];
    private byte[] _message = [];
    private int _length;
    private int _nextTermOffset = NothingExpected;
    private byte _firstFlags;

    public ReadOnlySpan<byte> Message => _message.AsSpan(0, _length);

    /// <summary>What the message's frames take in their term.</summary>
    public int LengthInTerm { get; private set; }

    /// <summary>Takes the first fragment; what there was of another message is dropped.</summary>
    public void Begin(ReadOnlySpan<byte> fragment, in Header header)
    {
        header.Bytes.CopyTo(_header);
        _firstFlags = header.Flags;
        _length = 0;
        LengthInTerm = 0;
        Append(fragment, header);
    }

    /// <summary>Takes a further fragment; false if it does not follow what there is: then all is dropped.</summary>
    public bool TryAppend(ReadOnlySpan<byte> fragment, in Header header)
    {
        // A stream can be damaged or hostile: no message is longer than any publisher could send.
        if (_nextTermOffset != header.TermOffset || _length + fragment.Length > LogBufferDescriptor.MessageLengthMax)
        {
            Reset();
            return false;
        }

        Append(fragment, header);
        return true;
    }

    /// <summary>Makes the first fragment's header that of the whole message.</summary>
    public byte[] CompleteHeader(in Header last)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_header, DataHeader.LengthBytes + _length);
        _header[DataHeader.FlagsOffset] = (byte)(_firstFlags | last.Flags);
        return _header;
    }

    /// <summary>Forgets the last fragment.</summary>
    public void TakeBack(int fragmentLength, in Header header)
    {
        _length -= fragmentLength;
        LengthInTerm -= header.NextTermOffset - header.TermOffset;
        _nextTermOffset = header.TermOffset;
    }

    /// <summary>Forgets all.</summary>
    public void Reset()
    {
        _length = 0;
        _nextTermOffset = NothingExpected;
    }

    private void Append(ReadOnlySpan<byte> fragment, in Header header)
    {
        if (_message.Length < _length + fragment.Length)
            Array.Resize(ref _message, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(_length + fragment.Length, CapacityMin)));
        fragment.CopyTo(_message.AsSpan(_length));
        _length += fragment.Length;
        LengthInTerm += header.NextTermOffset - header.TermOffset;
        _nextTermOffset = header.NextTermOffset;
    }
}

/// <summary>A builder per session; the last one used is at hand.</summary>
internal sealed class MessageBuilders
{
    private readonly Dictionary<int, MessageBuilder> _bySession = [];
    private MessageBuilder? _last;
    private int _lastSession;

    public MessageBuilder Of(int sessionId)
    {
        MessageBuilder? builder = Find(sessionId);
        if (builder is null)
        {
            builder = new MessageBuilder();
            _bySession.Add(sessionId, builder);
            _last = builder;
            _lastSession = sessionId;
        }

        return builder;
    }

    public MessageBuilder? Find(int sessionId)
    {
        if (_last is not null && _lastSession == sessionId)
            return _last;
        if (_bySession.TryGetValue(sessionId, out MessageBuilder? builder))
        {
            _last = builder;
            _lastSession = sessionId;
        }

        return builder;
    }

    public bool Remove(int sessionId)
    {
        if (_lastSession == sessionId)
            _last = null;
        return _bySession.Remove(sessionId);
    }

    public void Clear()
    {
        _last = null;
        _bySession.Clear();
    }
}

using OrderPlatform.Aeron.Client;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <summary>
/// Puts the fragments of a session's message together, in a buffer that no sender can make grow: the library's assembler takes messages of megabytes, which its
/// terms allow and no submission needs.
/// </summary>
internal sealed class FragmentBuffer
{
    private const byte Begin = 0x80;
    private const byte End = 0x40;
    private const byte Whole = Begin | End;
    private const int FrameAlignment = 32;

    private byte[]? _bytes;
    private int _length;
    private long _nextPosition = -1;

    /// <summary>Length that the message would have, of which only the first bytes are kept.</summary>
    public int Length => _length;

    /// <summary>Whether a fragment is a message of its own.</summary>
    public static bool IsWhole(in Header header) => (header.Flags & Whole) == Whole;

    /// <summary>Takes a fragment.</summary>
    /// <param name="fragment">Its bytes.</param>
    /// <param name="header">Its header.</param>
    /// <param name="message">The message, where this was its last fragment; nothing where it is longer than any may be.</param>
    /// <returns>Whether this was the last fragment of a message.</returns>
    public bool TryTake(ReadOnlySpan<byte> fragment, in Header header, out ReadOnlySpan<byte> message)
    {
        message = default;
        long position = header.Position - ((header.FrameLength + FrameAlignment - 1) & -FrameAlignment);
        if ((header.Flags & Begin) != 0)
        {
            _length = 0;
        }
        else if (position != _nextPosition)
        {
            // The beginning is not there: a lossy channel, or a sender that makes frames of its own.
            _nextPosition = -1;
            return false;
        }

        _bytes ??= new byte[DoorProtocol.MessageLengthMax];
        if (_length + fragment.Length <= _bytes.Length)
        {
            fragment.CopyTo(_bytes.AsSpan(_length));
        }

        _length = Math.Min(_length + fragment.Length, int.MaxValue / 2);
        _nextPosition = header.Position;
        if ((header.Flags & End) == 0)
        {
            return false;
        }

        message = _length <= _bytes.Length ? _bytes.AsSpan(0, _length) : default;
        return true;
    }

    /// <summary>The last fragment comes again: the message could not be taken now.</summary>
    public void TakeBack(int fragmentLength, in Header header)
    {
        _length -= fragmentLength;
        _nextPosition = header.Position - ((header.FrameLength + FrameAlignment - 1) & -FrameAlignment);
    }
}

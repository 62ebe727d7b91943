using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Client;

public sealed unsafe partial class Image
{
    /// <summary>As a poll, with a handler that says how to go on.</summary>
    /// <inheritdoc cref="Poll{THandler}(ref THandler, int)"/>
    public int ControlledPoll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IControlledFragmentHandler, allows ref struct => BoundedControlledPoll(ref handler, long.MaxValue, fragmentLimit);

    /// <inheritdoc cref="ControlledPoll{THandler}(ref THandler, int)"/>
    public int ControlledPoll(ControlledFragmentHandler handler, int fragmentLimit) => BoundedControlledPoll(handler, long.MaxValue, fragmentLimit);

    /// <inheritdoc cref="BoundedControlledPoll{THandler}(ref THandler, long, int)"/>
    public int BoundedControlledPoll(ControlledFragmentHandler handler, long limitPosition, int fragmentLimit)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var caller = new DelegateControlledFragmentHandler(handler);
        return BoundedControlledPoll(ref caller, limitPosition, fragmentLimit);
    }

    /// <summary>As a controlled poll, and not beyond a position.</summary>
    /// <inheritdoc cref="BoundedPoll{THandler}(ref THandler, long, int)"/>
    public int BoundedControlledPoll<THandler>(ref THandler handler, long limitPosition, int fragmentLimit)
        where THandler : struct, IControlledFragmentHandler, allows ref struct
    {
        if (!TryBeginPoll())
            return 0;
        int fragments = 0;
        long position = *_position;
        int start = OffsetOf(position);
        int offset = start;
        try
        {
            byte* term = TermOf(position);
            int end = (int)Math.Min(_log.TermLength, Math.Max(limitPosition - position, 0) + start);
            bool goesOn = true;
            while (goesOn && fragments < fragmentLimit && offset < end)
            {
                byte* frame = term + offset;
                if (!TryReadLength(frame, _log.TermLength - offset, out int frameLength))
                    break;
                int aligned = Aligned(frameLength);
                offset += aligned;
                if (IsPadding(frame))
                    continue;
                fragments++;
                var header = new Header(frame, this, 0);
                var payload = new ReadOnlySpan<byte>(frame + DataHeader.LengthBytes, frameLength - DataHeader.LengthBytes);
                switch (handler.OnFragment(payload, header))
                {
                    case ControlledFragmentHandlerAction.Abort:
                        fragments--;
                        offset -= aligned;
                        goesOn = false;
                        break;

                    case ControlledFragmentHandlerAction.Break:
                        goesOn = false;
                        break;

                    case ControlledFragmentHandlerAction.Commit:
                        position += offset - start;
                        start = offset;
                        StorePosition(position);
                        break;
                }
            }
        }
        finally
        {
            if (offset > start)
                StorePosition(position + (offset - start));
            EndPoll();
        }

        return fragments;
    }

    /// <inheritdoc cref="ControlledPeek{THandler}(long, ref THandler, long)"/>
    public long ControlledPeek(long initialPosition, ControlledFragmentHandler handler, long limitPosition)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var caller = new DelegateControlledFragmentHandler(handler);
        return ControlledPeek(initialPosition, ref caller, limitPosition);
    }

    /// <summary>Shows the handler what there is without moving the image's position.</summary>
    /// <param name="initialPosition">Where to begin: at the image's position or further on in its term.</param>
    /// <param name="handler">Takes the fragments; an abort stops before the fragment, a break after it.</param>
    /// <param name="limitPosition">A fragment that begins at or beyond this is not shown.</param>
    /// <returns>The position behind the last whole message that was shown: where to peek on, or what to set <see cref="Position"/> to.</returns>
    /// <exception cref="ArgumentException">There can be no frame at the initial position.</exception>
    /// <exception cref="InvalidDataException">The log holds what no publisher writes.</exception>
    public long ControlledPeek<THandler>(long initialPosition, ref THandler handler, long limitPosition)
        where THandler : struct, IControlledFragmentHandler, allows ref struct
    {
        if (!TryBeginPoll())
            return initialPosition;
        try
        {
            CheckNewPosition(initialPosition);
            return Peek(initialPosition, ref handler, limitPosition);
        }
        finally
        {
            EndPoll();
        }
    }

    private long Peek<THandler>(long initialPosition, ref THandler handler, long limitPosition)
        where THandler : struct, IControlledFragmentHandler, allows ref struct
    {
        long result = initialPosition;
        int start = OffsetOf(initialPosition);
        int offset = start;
        byte* term = TermOf(initialPosition);
        int end = (int)Math.Min(_log.TermLength, Math.Max(limitPosition - initialPosition, 0) + start);
        while (offset < end && TryReadLength(term + offset, _log.TermLength - offset, out int frameLength))
        {
            byte* frame = term + offset;
            offset += Aligned(frameLength);
            if (IsPadding(frame))
            {
                result = initialPosition + (offset - start);
                continue;
            }

            var header = new Header(frame, this, 0);
            ControlledFragmentHandlerAction action =
                handler.OnFragment(new ReadOnlySpan<byte>(frame + DataHeader.LengthBytes, frameLength - DataHeader.LengthBytes), header);
            if (action == ControlledFragmentHandlerAction.Abort)
                break;
            if (header.IsEnd)
                result = initialPosition + (offset - start);
            if (action == ControlledFragmentHandlerAction.Break)
                break;
        }

        return result;
    }

    /// <summary>Gives the handler whole frames in one piece, headers and all; padding comes as a block of its own.</summary>
    /// <param name="handler">Takes the block.</param>
    /// <param name="blockLengthLimit">How many bytes at most.</param>
    /// <returns>How many bytes there were.</returns>
    /// <exception cref="InvalidDataException">The log holds what no publisher writes.</exception>
    public int BlockPoll(BlockHandler handler, int blockLengthLimit)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!TryBeginPoll())
            return 0;
        int length = 0;
        long position = *_position;
        try
        {
            int offset = OffsetOf(position);
            byte* block = TermOf(position) + offset;
            int blockLength = BlockLength(block, _log.TermLength - offset, blockLengthLimit);
            if (blockLength == 0)
                return 0;
            length = blockLength;
            handler(new ReadOnlySpan<byte>(block, length), SessionId, *(int*)(block + DataHeader.TermIdOffset));
        }
        finally
        {
            if (length > 0)
                StorePosition(position + length);
            EndPoll();
        }

        return length;
    }

    private static int BlockLength(byte* block, int room, int limit)
    {
        int length = 0;
        while (length < room && TryReadLength(block + length, room - length, out int frameLength))
        {
            int aligned = Aligned(frameLength);
            if (IsPadding(block + length))
                return length == 0 ? aligned : length;
            if (length + aligned > limit)
                break;
            length += aligned;
        }

        return length;
    }
}

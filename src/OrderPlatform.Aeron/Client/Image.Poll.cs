using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Client;

public sealed unsafe partial class Image
{
    /// <summary>Gives the handler what there is, up to a number of fragments and the end of a term.</summary>
    /// <param name="handler">Takes the fragments.</param>
    /// <param name="fragmentLimit">How many at most.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="InvalidDataException">The log holds what no publisher writes.</exception>
    public int Poll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IFragmentHandler, allows ref struct => Poll(ref handler, long.MaxValue, fragmentLimit);

    /// <inheritdoc cref="Poll{THandler}(ref THandler, int)"/>
    public int Poll(FragmentHandler handler, int fragmentLimit) => BoundedPoll(handler, long.MaxValue, fragmentLimit);

    /// <summary>As a poll with the handler that puts fragments together.</summary>
    /// <inheritdoc cref="Poll{THandler}(ref THandler, int)"/>
    public int Poll<THandler>(FragmentAssembler<THandler> assembler, int fragmentLimit)
        where THandler : struct, IFragmentHandler
    {
        var handler = new FragmentAssembler<THandler>.Handler(assembler);
        return Poll(ref handler, long.MaxValue, fragmentLimit);
    }

    /// <summary>As a poll, and not beyond a position.</summary>
    /// <param name="handler">Takes the fragments.</param>
    /// <param name="limitPosition">A fragment that begins at or beyond this is left for later.</param>
    /// <param name="fragmentLimit">How many at most.</param>
    /// <inheritdoc cref="Poll{THandler}(ref THandler, int)"/>
    public int BoundedPoll<THandler>(ref THandler handler, long limitPosition, int fragmentLimit)
        where THandler : struct, IFragmentHandler, allows ref struct => Poll(ref handler, limitPosition, fragmentLimit);

    /// <inheritdoc cref="BoundedPoll{THandler}(ref THandler, long, int)"/>
    public int BoundedPoll(FragmentHandler handler, long limitPosition, int fragmentLimit)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var caller = new DelegateFragmentHandler(handler);
        return Poll(ref caller, limitPosition, fragmentLimit);
    }

    private int Poll<THandler>(ref THandler handler, long limitPosition, int fragmentLimit)
        where THandler : struct, IFragmentHandler, allows ref struct
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
            int termLength = _log.TermLength;
            int end = (int)Math.Min(termLength, Math.Max(limitPosition - position, 0) + start);

            // What the finally block reads lives in memory; the loop goes by a copy that does not, and never waits for its own store.
            int next = start;
            while (fragments < fragmentLimit && next < end)
            {
                byte* frame = term + next;
                if (!TryReadLength(frame, termLength - next, out int frameLength))
                    break;
                next += Aligned(frameLength);
                offset = next;
                if (IsPadding(frame))
                    continue;
                fragments++;
                var header = new Header(frame, this, 0);
                handler.OnFragment(new ReadOnlySpan<byte>(frame + DataHeader.LengthBytes, frameLength - DataHeader.LengthBytes), header);
            }
        }
        finally
        {
            // Once for all fragments: each store costs the publisher and the driver a cache miss.
            if (offset > start)
                StorePosition(position + (offset - start));
            EndPoll();
        }

        return fragments;
    }
}

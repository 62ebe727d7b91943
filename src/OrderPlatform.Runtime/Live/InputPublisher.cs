using OrderPlatform.Disruptor;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>A producer's end of the input ring: checks each message at the edge and copies it into a slot.</summary>
internal sealed class InputPublisher
{
    private readonly RingBuffer<InputSlot> _ring;
    private readonly Sequence _published;

    public InputPublisher(RingBuffer<InputSlot> ring, Sequence published)
    {
        _ring = ring;
        _published = published;
    }

    /// <summary>The place in the ring of the message published last; -1 before the first. The n-th place of the ring is the n-th input of the run.</summary>
    public long LastPlace { get; private set; } = -1;

    /// <summary>Publishes a message.</summary>
    /// <param name="source">Who puts it in.</param>
    /// <param name="sourceTimeNanos">The time that its producer gives it.</param>
    /// <param name="message">The message with its header.</param>
    /// <param name="origin">Which peer sent it, if one did.</param>
    /// <param name="receivedTicks">When it was received, or 0 where nobody measures.</param>
    /// <returns><c>false</c> if the ring is full: try again, which is the back pressure.</returns>
    /// <exception cref="InvalidInputException">The message may not enter.</exception>
    /// <exception cref="OperationCanceledException">The ring is closed: the pipeline ends.</exception>
    public bool TryPublish(InputSource source, long sourceTimeNanos, ReadOnlySpan<byte> message, Origin origin = default, long receivedTicks = 0)
    {
        InputGate.Require(message);
        ClaimResult result = _ring.TryClaim(out long sequence);
        if (result != ClaimResult.Claimed)
        {
            return result == ClaimResult.Closed ? throw new OperationCanceledException("the input ring is closed: the pipeline ends") : false;
        }

        ref InputSlot slot = ref _ring[sequence];
        slot.MessageLength = message.Length;
        slot.Source = source;
        slot.SourceTimeNanos = sourceTimeNanos;
        slot.Origin = origin;
        slot.ReceivedTicks = receivedTicks;
        message.CopyTo(slot.Payload);

        // Counted before it can be completed: the pipeline must never look quiet while this input is in it.
        _published.SetValue(_published.Value + 1);
        LastPlace = sequence;
        _ring.Publish(sequence);
        return true;
    }
}

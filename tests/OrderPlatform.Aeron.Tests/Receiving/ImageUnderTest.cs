using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>An image with one subscriber, whose messages are kept.</summary>
internal sealed class ImageUnderTest
{
    private readonly List<Message> _messages = [];
    private readonly List<byte> _fragments = [];
    private DataHeader _firstFragment;

    public ImageUnderTest(PublicationImage image, RecordingLossReport losses, AtomicCounter naksSent, ReceiverWorld world)
    {
        Image = image;
        Losses = losses;
        NaksSent = naksSent;
        JoinPosition = image.JoinPosition;
        Subscriber = AddSubscriber(world);
    }

    /// <summary>A message as a subscriber with an assembler gets it.</summary>
    public readonly record struct Message(int TermId, int TermOffset, int FrameLength, long ReservedValue, long Position, byte[] Payload);

    public PublicationImage Image { get; }

    public RecordingLossReport Losses { get; }

    public AtomicCounter NaksSent { get; }

    public long JoinPosition { get; }

    public SubscriberPosition Subscriber { get; private set; }

    public IReadOnlyList<Message> Messages => _messages;

    public SubscriberPosition AddSubscriber(ReceiverWorld world, bool isTether = true)
    {
        AtomicCounter position = world.NewCounter();
        position.SetRelease(Image.JoinPosition);
        var subscriber = new SubscriberPosition(Image.CorrelationId + 1, position, isTether, isRejoin: true);
        Image.AddSubscriber(subscriber, world.Clock.NanoTime);
        return subscriber;
    }

    public void RemoveSubscriber() => Image.RemoveSubscriber(Subscriber);

    /// <summary>Reads messages up to a position, or as far as there are any.</summary>
    public void Consume(long limit = long.MaxValue)
    {
        long position = Subscriber.Position.Get();
        while (position < limit && TryRead(ref position))
        {
            Subscriber.Position.SetRelease(position);
        }
    }

    private bool TryRead(ref long position)
    {
        int bits = LogPosition.PositionBitsToShift(Image.TermLength);
        UnsafeBuffer term = Image.Log.Terms[LogPosition.PartitionIndex(position, bits)];
        int offset = LogPosition.TermOffset(position, Image.TermLength);
        int frameLength = term.GetIntVolatile(offset);
        if (frameLength <= 0)
            return false;
        DataHeader header = Frame.As<DataHeader>(term.AsSpan(offset, DataHeader.LengthBytes));
        Assert.That(header.TermId, Is.EqualTo(LogPosition.TermId(position, bits, Image.InitialTermId)), "a frame of another term");
        Assert.That(header.TermOffset, Is.EqualTo(offset), "a frame of another place");
        position += BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);
        if (header.Frame.Type == FrameType.Data)
            OnFragment(header, term.AsSpan(offset + DataHeader.LengthBytes, frameLength - DataHeader.LengthBytes), position);
        return true;
    }

    private void OnFragment(in DataHeader header, ReadOnlySpan<byte> payload, long position)
    {
        if ((header.Frame.Flags & FrameFlags.Begin) != 0)
        {
            _firstFragment = header;
            _fragments.Clear();
        }

        _fragments.AddRange(payload);
        if ((header.Frame.Flags & FrameFlags.End) == 0)
            return;
        int frameLength = _fragments.Count + DataHeader.LengthBytes;
        _messages.Add(new Message(_firstFragment.TermId, _firstFragment.TermOffset, frameLength, _firstFragment.ReservedValue, position, [.. _fragments]));
    }
}

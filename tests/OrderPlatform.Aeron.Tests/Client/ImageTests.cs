using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.LogBuffers;
using static OrderPlatform.Aeron.Client.ControlledFragmentHandlerAction;

namespace OrderPlatform.Aeron.Tests.Client;

/// <summary>The ways to read an image, and what a damaged log does to them.</summary>
[TestFixture]
internal sealed class ImageTests
{
    private StubbedClient _both = null!;
    private ExclusivePublication _publication = null!;
    private Image _image = null!;

    [SetUp]
    public void Create()
    {
        _both = new StubbedClient();
        _publication = _both.OpenExclusive();
        _image = _both.Subscribe(_publication);
    }

    [TearDown]
    public void Dispose()
    {
        _publication.Dispose();
        _both.Dispose();
    }

    [Test]
    public void A_poll_reads_up_to_its_limit_and_tells_the_position_once_at_the_end()
    {
        Offer(5);
        var lengths = new List<int>();
        long positionInHandler = -1;
        int count = _image.Poll(
            (buffer, in header) =>
            {
                lengths.Add(buffer.Length);
                positionInHandler = _image.Position;
            },
            3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(3));
            Assert.That(lengths, Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(positionInHandler, Is.Zero);
            Assert.That(_image.Position, Is.EqualTo(32 + 64 + 64));
            Assert.That(_image.Poll((_, in _) => { }, 10), Is.EqualTo(2));
            Assert.That(_image.Poll((_, in _) => { }, 10), Is.Zero);
        }
    }

    [Test]
    public void Padding_is_passed_over_and_a_poll_ends_with_its_term()
    {
        using var both = new StubbedClient();
        both.Driver.StartTermOffset = 65536 - 128;
        ExclusivePublication publication = both.OpenExclusive();
        Image image = both.Subscribe(publication, 65536 - 128);
        publication.Offer(new byte[10]);
        Assert.That(publication.Offer(new byte[100]), Is.EqualTo(Publication.AdminAction));
        publication.Offer(new byte[100]);
        Assert.That(image.Poll((_, in _) => { }, 10), Is.EqualTo(1));
        Assert.That(image.Position, Is.EqualTo(65536));
        Assert.That(image.Poll((_, in _) => { }, 10), Is.EqualTo(1));
        Assert.That(image.Position, Is.EqualTo(65536 + 160));
    }

    [Test]
    public void A_bounded_poll_stops_at_its_position()
    {
        Offer(5);
        Assert.That(_image.BoundedPoll((_, in _) => { }, 97, 10), Is.EqualTo(3));
        Assert.That(_image.BoundedPoll((_, in _) => { }, 97, 10), Is.Zero);
        Assert.That(_image.BoundedPoll((_, in _) => { }, long.MinValue, 10), Is.Zero);
    }

    [Test]
    public void What_a_handler_throws_reaches_the_caller_and_its_fragment_is_read()
    {
        Offer(3);
        int count = 0;
        Assert.That(
            () => _image.Poll((_, in _) => throw new InvalidOperationException($"number {++count}"), 10),
            Throws.InvalidOperationException.With.Message.EqualTo("number 1"));
        Assert.That(_image.Position, Is.EqualTo(32));
        Assert.That(_image.Poll((_, in _) => { }, 10), Is.EqualTo(2));
    }

    [Test]
    public void A_controlled_poll_does_as_it_is_told()
    {
        Offer(6);
        ControlledFragmentHandlerAction[] actions = [Continue, Commit, Break, Abort, Continue, Continue, Continue];
        var positions = new List<long>();
        int call = 0;
        ControlledFragmentHandler handler = (_, in header) =>
        {
            positions.Add(_image.Position);
            return actions[call++];
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_image.ControlledPoll(handler, 10), Is.EqualTo(3));
            Assert.That(positions, Is.EqualTo(new[] { 0L, 0L, 96L }));
            Assert.That(_image.Position, Is.EqualTo(160));
            Assert.That(_image.ControlledPoll(handler, 10), Is.Zero);
            Assert.That(_image.Position, Is.EqualTo(160));
            Assert.That(_image.ControlledPoll(handler, 10), Is.EqualTo(3));
            Assert.That(_image.Position, Is.EqualTo(352));
        }
    }

    [Test]
    public void A_peek_shows_and_does_not_take()
    {
        Offer(4);
        var lengths = new List<int>();
        long peeked = _image.ControlledPeek(
            0,
            (buffer, in _) =>
            {
                lengths.Add(buffer.Length);
                return buffer.Length == 2 ? Abort : Continue;
            },
            long.MaxValue);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(peeked, Is.EqualTo(96));
            Assert.That(lengths, Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(_image.Position, Is.Zero);
            Assert.That(_image.ControlledPeek(96, (_, in _) => Break, long.MaxValue), Is.EqualTo(160));
            Assert.That(_image.ControlledPeek(96, (_, in _) => Continue, 96), Is.EqualTo(96));
            Assert.That(() => _image.ControlledPeek(33, (_, in _) => Continue, long.MaxValue), Throws.ArgumentException);
            _image.Position = peeked;
            Assert.That(_image.Poll((_, in _) => { }, 10), Is.EqualTo(2));
            Assert.That(() => _image.Position = 0, Throws.ArgumentException);
            Assert.That(() => _image.Position = 65536 + 32, Throws.ArgumentException);
        }
    }

    [Test]
    public void A_block_is_whole_frames_and_padding_is_a_block_of_its_own()
    {
        Offer(3);
        _publication.AppendPadding(100);
        Offer(1);
        var blocks = new List<(int Length, int SessionId, int TermId)>();
        BlockHandler handler = (block, sessionId, termId) => blocks.Add((block.Length, sessionId, termId));
        while (_image.BlockPoll(handler, 100) > 0)
        {
        }

        Assert.That(blocks, Is.EqualTo(new[] { (96, 42, 7), (64, 42, 7), (160, 42, 7), (32, 42, 7) }));
        Assert.That(_image.Position, Is.EqualTo(_publication.Position));
    }

    [Test]
    public void A_controlled_assembler_gives_the_last_fragment_again_after_an_abort()
    {
        byte[] message = MemoryLog.Payload(1, 5000);
        _publication.Offer(message);
        var received = new List<byte[]>();
        bool isFirst = true;
        var assembler = new ControlledFragmentAssembler((buffer, in header) =>
        {
            Assert.That(header.FrameLength, Is.EqualTo(5032));
            Assert.That(header.Position, Is.EqualTo(_publication.Position));
            received.Add(buffer.ToArray());
            (bool wasFirst, isFirst) = (isFirst, false);
            return wasFirst ? Abort : Continue;
        });
        Assert.That(_image.Subscription.ControlledPoll(assembler, 10), Is.EqualTo(3));
        Assert.That(_image.Subscription.ControlledPoll(assembler, 10), Is.EqualTo(1));
        Assert.That(received, Is.EqualTo(new[] { message, message }));
        Assert.That(_image.Position, Is.EqualTo(_publication.Position));
    }

    [Test]
    public void An_assembler_drops_what_does_not_fit_together_and_goes_on()
    {
        byte[] message = MemoryLog.Payload(1, 3000);
        _publication.Offer(message);
        _publication.Offer(message);
        LogBuffer log = _both.Driver.LogOfPublication(_publication.RegistrationId);
        log.Terms[0].PutShort(1408 + DataHeader.TypeOffset, (short)FrameType.Pad);
        var received = new List<byte[]>();
        var assembler = new FragmentAssembler((buffer, in _) => received.Add(buffer.ToArray()));
        _image.Subscription.Poll(assembler, 10);
        Assert.That(received, Is.EqualTo(new[] { message }));
        Assert.That(assembler.FreeSessionBuffer(42), Is.True);
        Assert.That(assembler.FreeSessionBuffer(42), Is.False);
    }

    [Test]
    public void A_frame_that_leads_out_of_its_term_is_not_read()
    {
        Offer(1);
        LogBuffer log = _both.Driver.LogOfPublication(_publication.RegistrationId);
        foreach (int length in (int[])[1, 31, 65536, int.MaxValue])
        {
            log.Terms[0].PutInt(32, length);
            Assert.That(() => _image.Poll((_, in _) => { }, 10), Throws.TypeOf<InvalidDataException>());
            Assert.That(() => _image.ControlledPoll((_, in _) => Continue, 10), Throws.TypeOf<InvalidDataException>());
            Assert.That(() => _image.BlockPoll((_, _, _) => { }, 1000), Throws.TypeOf<InvalidDataException>());
            Assert.That(_image.Position, Is.EqualTo(32));
        }
    }

    [Test]
    public void A_position_counter_full_of_nonsense_never_leads_out_of_the_log()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        AtomicCounter position = _both.Driver.Counter(_image.SubscriberPositionId);
        for (int round = 0; round < 100_000; round++)
        {
            position.SetRelease(random.NextInt64(long.MinValue, long.MaxValue));
            Assert.That(_image.Poll((_, in _) => { }, 10), Is.Zero);
            _image.BoundedPoll((_, in _) => { }, random.NextInt64(long.MinValue, long.MaxValue), 10);
            _image.BlockPoll((_, _, _) => { }, 1000);
        }
    }

    [Test]
    public void The_end_of_a_stream_and_its_revocation_are_seen_and_remembered()
    {
        Offer(2);
        LogBuffer log = _both.Driver.LogOfPublication(_publication.RegistrationId);
        Assert.That(_image.IsEndOfStream, Is.False);
        log.MetaData.PutLongRelease(LogBufferDescriptor.EndOfStreamPositionOffset, 96);
        log.MetaData.PutByte(LogBufferDescriptor.IsPublicationRevokedOffset, 1);
        Assert.That(_image.IsEndOfStream, Is.False);
        _image.Poll((_, in _) => { }, 10);
        Assert.That(_image.IsEndOfStream, Is.True);
        _both.Driver.Proxy.UnavailableImage(_publication.RegistrationId, _image.Subscription.RegistrationId, 1001, "aeron:ipc");
        _both.Work();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_image.IsClosed, Is.True);
            Assert.That(_image.IsEndOfStream, Is.True);
            Assert.That(_image.IsPublicationRevoked, Is.True);
            Assert.That(_image.Position, Is.EqualTo(96));
        }
    }

    [Test]
    public void A_rejection_names_image_position_and_reason()
    {
        Offer(1);
        _image.Poll((_, in _) => { }, 10);
        _image.Reject("too much");
        _both.Work();
        Assert.That(_both.Driver.Commands[^1], Is.EqualTo($"RejectImage {_image.CorrelationId} 32 too much"));
    }

    [Test]
    public void Polling_allocates_nothing()
    {
        var handler = default(CountingHandler);
        var assembler = new FragmentAssembler<CountingHandler>(handler);
        void Round()
        {
            for (int count = 0; count < 30; count++)
            {
                _publication.Offer(Payload);
                _publication.Offer(LongPayload);
                _image.Subscription.Poll(ref handler, 2);
                _image.Subscription.Poll(assembler, 10);
            }
        }

        Round();
        Assert.That(OrderPlatform.Tests.AllocationCount.LeastOfRounds(Round), Is.Zero);
    }

    private static readonly byte[] Payload = new byte[50];
    private static readonly byte[] LongPayload = new byte[2500];

    private void Offer(int count)
    {
        for (int length = 0; length < count; length++)
        {
            Assert.That(_publication.Offer(new byte[length]), Is.Positive);
        }
    }

    private struct CountingHandler : IFragmentHandler
    {
        public int Count;

        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => Count++;
    }
}

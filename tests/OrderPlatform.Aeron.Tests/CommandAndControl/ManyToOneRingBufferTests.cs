using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>The ring of commands: what its writers and its reader do.</summary>
[TestFixture]
internal sealed class ManyToOneRingBufferTests
{
    private const int Capacity = 1024;
    private const int TailOffset = Capacity + 128;
    private const int HeadOffset = Capacity + 384;
    private const int TypeId = 7;

    private NativeBlock _memory = null!;
    private ManyToOneRingBuffer _ring = null!;

    [SetUp]
    public void SetUp()
    {
        _memory = new NativeBlock(Capacity + ManyToOneRingBuffer.TrailerLength);
        _ring = new ManyToOneRingBuffer(_memory.Buffer);
    }

    [TearDown]
    public void TearDown() => _memory.Dispose();

    [Test]
    public void Messages_come_out_as_they_went_in()
    {
        _ring.TryWrite(1, []);
        _ring.TryWrite(2, [1, 2, 3]);
        _ring.TryWrite(3, new byte[_ring.MaxMessageLength]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_ring.Size, Is.EqualTo(8 + 16 + 8 + (Capacity / 8)));
            Assert.That(ReadAll(), Is.EqualTo(new[] { (1, ""), (2, "010203"), (3, new string('0', Capacity / 4)) }));
            Assert.That(_ring.Size, Is.Zero);
            Assert.That(ReadAll(), Is.Empty);
        }
    }

    [Test]
    public void What_was_read_is_zero_again()
    {
        _ring.TryWrite(TypeId, [255, 255, 255]);
        ReadAll();
        Assert.That(_memory.Buffer.AsSpan(0, Capacity).ToArray(), Is.All.Zero);
    }

    [Test]
    public void No_more_than_the_limit_is_read()
    {
        for (int count = 0; count < 5; count++)
        {
            _ring.TryWrite(TypeId, [1]);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_ring.Read(static (_, _) => { }, 3), Is.EqualTo(3));
            Assert.That(_ring.Read(static (_, _) => { }, 3), Is.EqualTo(2));
        }
    }

    [Test]
    public void A_full_ring_takes_nothing_until_something_was_read()
    {
        int written = 0;
        while (_ring.TryWrite(TypeId, new byte[24]))
        {
            written++;
        }

        Assert.That(written, Is.EqualTo(Capacity / 32));
        ReadAll();
        Assert.That(_ring.TryWrite(TypeId, new byte[24]), Is.True);
    }

    [Test]
    public void A_message_that_does_not_fit_before_the_end_goes_to_the_start_behind_padding()
    {
        SetPositions(Capacity - 16);
        Assert.That(_ring.TryWrite(TypeId, new byte[16]), Is.True);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_memory.Buffer.GetInt(Capacity - 16), Is.EqualTo(16));
            Assert.That(_memory.Buffer.GetInt(Capacity - 12), Is.EqualTo(RecordDescriptor.PaddingTypeId));
            Assert.That(_ring.ProducerPosition, Is.EqualTo(Capacity + 24));
            Assert.That(ReadAll(), Has.Count.EqualTo(1));
            Assert.That(_ring.ConsumerPosition, Is.EqualTo(Capacity + 24));
        }
    }

    [Test]
    public void A_message_that_fits_neither_before_the_end_nor_before_the_head_is_not_taken()
    {
        // Head at 16: room for two records of eight at the start, and for one at the end.
        _memory.Buffer.PutLong(HeadOffset, 16);
        _memory.Buffer.PutLong(TailOffset, Capacity - 8);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_ring.TryWrite(TypeId, new byte[16]), Is.False);
            Assert.That(_ring.TryWrite(TypeId, new byte[8]), Is.True);
        }
    }

    [Test]
    public void A_message_that_is_too_long_or_has_no_type_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _ring.TryWrite(TypeId, new byte[_ring.MaxMessageLength + 1]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => _ring.TryWrite(0, []), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => _ring.TryWrite(-1, []), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    [TestCase(100)]
    [TestCase(768)]
    [TestCase(768 + 64)]
    [TestCase(768 + 1000)]
    public void A_buffer_of_a_length_that_no_ring_has_is_refused(int length)
    {
        using var memory = new NativeBlock(length);
        Assert.That(() => new ManyToOneRingBuffer(memory.Buffer), Throws.ArgumentException);
    }

    [Test]
    public void A_message_whose_handler_throws_counts_as_read()
    {
        _ring.TryWrite(1, []);
        _ring.TryWrite(2, []);
        Assert.That(() => _ring.Read(static (_, _) => throw new InvalidOperationException(), 2), Throws.InvalidOperationException);
        Assert.That(ReadAll(), Is.EqualTo(new[] { (2, "") }));
    }

    [Test]
    public void Correlation_ids_rise_by_one() =>
        Assert.That(new[] { _ring.NextCorrelationId(), _ring.NextCorrelationId(), _ring.NextCorrelationId() }, Is.EqualTo(new long[] { 0, 1, 2 }));

    [Test]
    public void The_heartbeat_is_what_was_set()
    {
        _ring.ConsumerHeartbeatTime = 1234;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_ring.ConsumerHeartbeatTime, Is.EqualTo(1234));
            Assert.That(_memory.Buffer.GetLong(Capacity + 640), Is.EqualTo(1234));
        }
    }

    [Test]
    public void A_record_that_its_writer_began_and_left_is_padding_after_unblocking()
    {
        _memory.Buffer.PutLong(TailOffset, 24);
        _memory.Buffer.PutInt(0, -20);
        _ring.TryWrite(TypeId, [1]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReadAll(), Is.Empty);
            Assert.That(_ring.Unblock(), Is.True);
            Assert.That(ReadAll(), Is.EqualTo(new[] { (TypeId, "01") }));
        }
    }

    [Test]
    public void A_claim_that_was_never_begun_is_padding_up_to_the_next_record_after_unblocking()
    {
        _memory.Buffer.PutLong(TailOffset, 64);
        _ring.TryWrite(TypeId, [1]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReadAll(), Is.Empty);
            Assert.That(_ring.Unblock(), Is.True);
            Assert.That(ReadAll(), Is.EqualTo(new[] { (TypeId, "01") }));
            Assert.That(_ring.ConsumerPosition, Is.EqualTo(64 + 16));
        }
    }

    [Test]
    public void A_claim_at_the_end_of_the_buffer_is_unblocked_too()
    {
        // Two claims of 16 bytes before the end; the second one is written.
        SetPositions(Capacity - 32);
        _memory.Buffer.PutLong(TailOffset, Capacity - 16);
        _ring.TryWrite(TypeId, [5]);
        Assert.That(_ring.Unblock(), Is.True);
        Assert.That(ReadAll(), Is.EqualTo(new[] { (TypeId, "05") }));
    }

    [Test]
    public void There_is_nothing_to_unblock_in_an_empty_ring_nor_before_a_written_record()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_ring.Unblock(), Is.False);
            _ring.TryWrite(TypeId, [1]);
            Assert.That(_ring.Unblock(), Is.False);
            Assert.That(ReadAll(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void A_claim_with_nothing_behind_it_may_still_be_written_and_is_left_alone()
    {
        _memory.Buffer.PutLong(TailOffset, 64);
        Assert.That(_ring.Unblock(), Is.False);
    }

    [TestCase(3)]
    [TestCase(int.MaxValue)]
    [TestCase(40)]
    public void A_length_that_cannot_be_is_counted_and_skipped_with_all_that_was_claimed(int length)
    {
        _ring.TryWrite(TypeId, new byte[8]);
        _ring.TryWrite(TypeId, new byte[8]);
        _memory.Buffer.PutInt(0, length);
        Assert.That(ReadAll(), Is.Empty);
        _ring.TryWrite(TypeId, [9]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_ring.DamageCount, Is.EqualTo(1));
            Assert.That(ReadAll(), Is.EqualTo(new[] { (TypeId, "09") }));
        }
    }

    [TestCase(0)]
    [TestCase(-2)]
    [TestCase(int.MinValue)]
    public void A_type_that_cannot_be_is_counted_and_skipped(int typeId)
    {
        _ring.TryWrite(TypeId, [1]);
        _ring.TryWrite(TypeId, [2]);
        _memory.Buffer.PutInt(4, typeId);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReadAll(), Is.EqualTo(new[] { (TypeId, "02") }));
            Assert.That(_ring.DamageCount, Is.EqualTo(1));
        }
    }

    [TestCase(long.MinValue)]
    [TestCase(-8)]
    [TestCase(4)]
    [TestCase(Capacity + 8)]
    [TestCase(long.MaxValue)]
    public void A_tail_that_cannot_be_is_counted_once_and_nothing_is_read(long tail)
    {
        _ring.TryWrite(TypeId, [1]);
        _memory.Buffer.PutLong(TailOffset, tail);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReadAll(), Is.Empty);
            Assert.That(ReadAll(), Is.Empty);
            Assert.That(_ring.Unblock(), Is.False);
            Assert.That(_ring.Size, Is.InRange(0, Capacity));
            Assert.That(_ring.DamageCount, Is.EqualTo(1));
            _memory.Buffer.PutLong(TailOffset, 16);
            Assert.That(ReadAll(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void Writing_reading_and_unblocking_allocate_nothing()
    {
        int read = 0;
        RecordHandler handler = (_, message) => read += message.Length;
        byte[] message = new byte[40];
        long allocated = AllocationCount.LeastOfRounds(() =>
        {
            for (int count = 0; count < 1000; count++)
            {
                _ring.TryWrite(TypeId, message);
                _ring.Read(handler, 10);
                _ring.Unblock();
            }
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(read, Is.Not.Zero);
        }
    }

    private List<(int TypeId, string Hex)> ReadAll()
    {
        var messages = new List<(int, string)>();
        int before;
        do
        {
            before = messages.Count;
            long head = _ring.ConsumerPosition;
            _ring.Read((typeId, message) => messages.Add((typeId, Convert.ToHexString(message))), int.MaxValue);
            if (head != _ring.ConsumerPosition)
                before = -1;
        }
        while (before != messages.Count);

        return messages;
    }

    private void SetPositions(long position)
    {
        _memory.Buffer.PutLong(TailOffset, position);
        _memory.Buffer.PutLong(HeadOffset, position);
    }
}

using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>Transmitter and receiver of events.</summary>
[TestFixture]
internal sealed class BroadcastTests
{
    private const int Capacity = 1024;
    private const int TypeId = 7;

    private NativeBlock _memory = null!;
    private BroadcastTransmitter _transmitter = null!;
    private CopyBroadcastReceiver _receiver = null!;

    [SetUp]
    public void SetUp()
    {
        _memory = new NativeBlock(Capacity + BroadcastDescriptor.TrailerLength);
        _transmitter = new BroadcastTransmitter(_memory.Buffer);
        _receiver = new CopyBroadcastReceiver(_memory.Buffer);
    }

    [TearDown]
    public void TearDown() => _memory.Dispose();

    [Test]
    public void Messages_come_out_as_they_went_in()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Receive(), Is.Null);
            _transmitter.Transmit(1, []);
            _transmitter.Transmit(2, [1, 2, 3]);
            Assert.That(Receive(), Is.EqualTo((1, "")));
            Assert.That(Receive(), Is.EqualTo((2, "010203")));
            Assert.That(Receive(), Is.Null);
        }
    }

    [Test]
    public void A_receiver_that_keeps_up_gets_all_over_many_rounds_of_the_buffer()
    {
        for (int number = 0; number < 10_000; number++)
        {
            byte[] message = [.. Enumerable.Repeat((byte)number, number % (_transmitter.MaxMessageLength + 1))];
            _transmitter.Transmit(TypeId, message);
            Assert.That(Receive(), Is.EqualTo((TypeId, Convert.ToHexString(message))), $"message {number}");
        }
    }

    [Test]
    public void A_receiver_that_comes_late_starts_with_the_latest()
    {
        _transmitter.Transmit(1, []);
        _transmitter.Transmit(2, []);
        _receiver = new CopyBroadcastReceiver(_memory.Buffer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Receive(), Is.EqualTo((2, "")));
            Assert.That(Receive(), Is.Null);
        }
    }

    [Test]
    public void A_receiver_that_was_lapped_is_told_and_goes_on_with_the_latest()
    {
        for (int number = 1; number <= Capacity / 8; number++)
        {
            _transmitter.Transmit(number, []);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Receive, Throws.TypeOf<BroadcastLappedException>());
            Assert.That(Receive(), Is.EqualTo((Capacity / 8, "")));
            Assert.That(Receive(), Is.Null);
        }
    }

    [Test]
    public void A_transmitter_about_to_overwrite_laps_a_receiver_before_it_does()
    {
        _transmitter.Transmit(TypeId, [1]);
        _memory.Buffer.PutLong(Capacity + BroadcastDescriptor.TailIntentOffset, Capacity);
        Assert.That(Receive, Throws.TypeOf<BroadcastLappedException>());
    }

    [TestCase(0, 4, TestName = "A_record_shorter_than_its_header_is_refused")]
    [TestCase(0, int.MaxValue, TestName = "A_record_longer_than_the_buffer_is_refused")]
    [TestCase(0, 17, TestName = "A_record_longer_than_what_was_sent_is_refused")]
    [TestCase(0, int.MinValue, TestName = "A_record_of_negative_length_is_refused")]
    [TestCase(4, 0, TestName = "A_record_without_a_type_is_refused")]
    [TestCase(4, -2, TestName = "A_record_of_negative_type_is_refused")]
    [TestCase(4, -1, TestName = "Padding_with_nothing_behind_it_is_refused")]
    public void Damage_is_refused_and_reading_goes_on_behind_it(int offset, int value)
    {
        _transmitter.Transmit(TypeId, new byte[8]);
        _memory.Buffer.PutInt(offset, value);
        Assert.That(Receive, Throws.TypeOf<InvalidDataException>());
        _transmitter.Transmit(3, [9]);
        Assert.That(Receive(), Is.EqualTo((3, "09")));
    }

    [TestCase(12L)]
    [TestCase(long.MaxValue)]
    [TestCase(long.MinValue)]
    public void Positions_that_cannot_be_are_refused_or_read_as_nothing(long tail)
    {
        _transmitter.Transmit(TypeId, new byte[8]);
        _memory.Buffer.PutLong(Capacity + BroadcastDescriptor.TailOffset, tail);
        _memory.Buffer.PutLong(Capacity + BroadcastDescriptor.TailIntentOffset, tail);
        int messages = 0;
        for (int count = 0; count < 3; count++)
        {
            try
            {
                messages += Receive() is null ? 0 : 1;
            }
            catch (Exception refusal) when (refusal is InvalidDataException or BroadcastLappedException)
            {
                // Either is right: what matters is that nothing is taken for a message.
            }
        }

        Assert.That(messages, Is.Zero);
    }

    [Test]
    public void A_message_that_is_too_long_or_has_no_type_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _transmitter.Transmit(TypeId, new byte[(Capacity / 8) + 1]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => _transmitter.Transmit(-1, []), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void Transmitting_and_receiving_allocate_nothing()
    {
        int received = 0;
        RecordHandler handler = (_, message) => received += message.Length;
        byte[] message = new byte[40];
        long allocated = AllocationCount.LeastOfRounds(() =>
        {
            for (int count = 0; count < 1000; count++)
            {
                _transmitter.Transmit(TypeId, message);
                _receiver.Receive(handler);
            }
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(received, Is.Not.Zero);
        }
    }

    /// <summary>Every byte of a message is the last byte of its number: one that was overwritten while it was copied would show.</summary>
    [Test]
    public void Receivers_on_other_threads_see_whole_messages_in_order_or_are_told_that_they_were_lapped()
    {
        const int messages = 60_000;
        using var memory = new NativeBlock(Capacity + BroadcastDescriptor.TrailerLength);
        UnsafeBuffer buffer = memory.Buffer;
        bool isDone = false;
        int started = 0;
        Task<(int Received, int Lapped, int Wrong)>[] receivers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                int received = 0, lapped = 0, wrong = 0, last = -1;
                var receiver = new CopyBroadcastReceiver(buffer);
                Interlocked.Increment(ref started);
                RecordHandler handler = (_, message) =>
                {
                    int number = BitConverter.ToInt32(message);
                    // The latest one comes again when a receiver that was lapped goes on.
                    if (number < last || message.Length != Length(number) || message[4..].ContainsAnyExcept((byte)number))
                        wrong++;
                    last = number;
                    received++;
                };
                bool isLast = false;
                while (last < messages - 1 && !isLast)
                {
                    // Read before the try: after the last message one more look is enough.
                    isLast = Volatile.Read(ref isDone);
                    try
                    {
                        while (receiver.Receive(handler))
                        {
                        }
                    }
                    catch (BroadcastLappedException)
                    {
                        lapped++;
                        isLast = false;
                    }
                }

                return (received, lapped, last == messages - 1 ? wrong : wrong + 1);
            },
            TaskCreationOptions.LongRunning))];
        SpinWait.SpinUntil(() => Volatile.Read(ref started) == 2, TimeSpan.FromSeconds(30));
        var transmitter = new BroadcastTransmitter(buffer);
        byte[] message = new byte[transmitter.MaxMessageLength];
        for (int number = 0; number < messages; number++)
        {
            message.AsSpan().Fill((byte)number);
            BitConverter.TryWriteBytes(message, number);
            transmitter.Transmit(TypeId, message.AsSpan(0, Length(number)));
            // Else one thread would send all while the others wait for a processor.
            if (number % 64 == 0)
                Thread.Yield();
        }

        Volatile.Write(ref isDone, true);
        Task.WaitAll(receivers);
        foreach ((int received, int lapped, int wrong) in receivers.Select(static receiver => receiver.Result))
        {
            TestContext.Out.WriteLine($"{received} received, lapped {lapped} times");
            Assert.That((wrong, received > 1), Is.EqualTo((0, true)));
        }

        int Length(int number) => 4 + (number % ((Capacity / 8) - 3));
    }

    private (int TypeId, string Hex)? Receive()
    {
        (int, string)? received = null;
        _receiver.Receive((typeId, message) => received = (typeId, Convert.ToHexString(message)));
        return received;
    }
}

using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>
/// Shared memory in which anything may stand. Nothing crashes, nothing is read or written outside (a view refuses that with an exception that no
/// test here expects), every call ends, and what was refused is counted.
/// </summary>
[TestFixture]
internal sealed class HostileMemoryTests
{
    private const int Records = 1_000_000;
    private const int Seed = 20261126;

    private Random _random = null!;

    [SetUp]
    public void SetUp() => _random = new Random(Seed);

    [Test]
    public void A_million_random_and_mutated_commands_are_carried_out_or_refused_and_counted()
    {
        using var side = new CommandSide(64 * 1024);
        CapturedRecord[] captured = [.. CncSession.ToDriver(CncSession.Commands).Concat(CncSession.ToDriver(CncSession.CloseCommands))];
        (int TypeId, byte[] Message)[] originals = [.. captured.Select(static record => (record.TypeId, record.Message))];
        byte[] message = new byte[1024];
        for (int count = 0; count < Records; count++)
        {
            (int typeId, byte[] original) = originals[_random.Next(originals.Length)];
            int length = Mutate(original, message);
            if (_random.Next(16) == 0)
                typeId = _random.Next(1, 32);
            Assert.That(side.Ring.TryWrite(typeId, message.AsSpan(0, length)), Is.True, $"seed {Seed}, command {count}");
            // A call ends at the end of the buffer.
            while (side.Ring.Size > 0)
            {
                side.Adapter.Receive();
            }

            long handled = side.Handler.Count + side.Errors;
            if (handled != count + 1)
                Assert.Fail($"seed {Seed}, command {count}: {side.Handler.Count} were carried out, {side.Errors} refused");
        }

        TestContext.Out.WriteLine($"{side.Handler.Count} carried out, {side.Errors} refused");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(side.Handler.Count, Is.GreaterThan(Records / 10));
            Assert.That(side.Errors, Is.GreaterThan(Records / 10));
            Assert.That(side.Ring.DamageCount, Is.Zero);
            Assert.That(side.AreGuardsWhole(), Is.True);
        }
    }

    [Test]
    public void A_ring_that_clients_scribble_over_hurts_nobody()
    {
        using var side = new CommandSide(1024);
        (int TypeId, byte[] Message)[] originals = [.. CncSession.ToDriver(CncSession.Commands).Select(static record => (record.TypeId, record.Message))];
        int written = 0;
        int refused = 0;
        for (int count = 0; written + refused < Records; count++)
        {
            for (int record = _random.Next(1, 8); record > 0; record--)
            {
                (int typeId, byte[] message) = originals[_random.Next(originals.Length)];
                try
                {
                    if (side.Ring.TryWrite(typeId, message))
                        written++;
                    else
                        refused++;
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
            }

            Scribble(side.RingMemory, _random.Next(1, 4), 1024, 128 + 8, 384 + 8);
            side.Adapter.Receive();
            side.Ring.Unblock();
            side.Adapter.Receive();
            Assert.That(side.Ring.Size, Is.InRange(0, 1024), $"seed {Seed}, round {count}");
            // As a driver that starts anew: else the first tail that cannot be would end the test.
            if (_random.Next(4) == 0)
                side.RingMemory.Clear(0, side.RingMemory.CapacityBytes);
        }

        TestContext.Out.WriteLine($"{written} written, {side.Handler.Count} carried out, {side.Errors} refused, damage {side.Ring.DamageCount}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(side.Ring.DamageCount, Is.GreaterThan(1000));
            Assert.That(side.Errors, Is.GreaterThanOrEqualTo(side.Ring.DamageCount));
            Assert.That(side.Handler.Count, Is.GreaterThan(written / 10));
            Assert.That(side.AreGuardsWhole(), Is.True);
        }
    }

    [Test]
    public void A_million_random_and_mutated_events_are_heard_or_refused()
    {
        using var memory = new GuardedMemory((64 * 1024) + BroadcastDescriptor.TrailerLength);
        (int TypeId, byte[] Message)[] originals = [.. CncSession.ToClients(CncSession.Responses).Select(static record => (record.TypeId, record.Message))];
        var heard = new EventCount();
        var transmitter = new BroadcastTransmitter(memory.Buffer);
        var adapter = new DriverEventsAdapter(new CopyBroadcastReceiver(memory.Buffer), heard);
        byte[] message = new byte[1024];
        int refused = 0;
        int unknown = 0;
        for (int count = 0; count < Records; count++)
        {
            (int typeId, byte[] original) = originals[_random.Next(originals.Length)];
            int length = _random.Next(4) == 0 ? Mutate(original, message) : Copy(original, message);
            if (_random.Next(64) == 0)
                typeId = 0x0F00 + _random.Next(1, 16);
            if (typeId is > ControlMessageTypes.OnNextAvailableSessionId or < ControlMessageTypes.OnError)
                unknown++;
            transmitter.Transmit(typeId, message.AsSpan(0, length));
            try
            {
                adapter.Receive();
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        TestContext.Out.WriteLine($"{heard.Count} heard, {refused} refused, {unknown} of unknown type");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(heard.Count + refused + unknown, Is.EqualTo(Records), $"seed {Seed}");
            Assert.That(refused, Is.GreaterThan(Records / 100));
            Assert.That(memory.AreGuardsWhole(), Is.True);
        }
    }

    [Test]
    public void Events_that_somebody_scribbles_over_hurt_nobody()
    {
        using var memory = new GuardedMemory(1024 + BroadcastDescriptor.TrailerLength);
        (int TypeId, byte[] Message)[] originals = [.. CncSession.ToClients(CncSession.Responses).Select(static record => (record.TypeId, record.Message))];
        var heard = new EventCount();
        int refused = 0;
        for (int round = 0; round < Records / 4; round++)
        {
            memory.Buffer.Clear(0, memory.Buffer.CapacityBytes);
            var transmitter = new BroadcastTransmitter(memory.Buffer);
            var adapter = new DriverEventsAdapter(new CopyBroadcastReceiver(memory.Buffer), heard);
            for (int count = _random.Next(1, 8); count > 0; count--)
            {
                (int typeId, byte[] message) = originals[_random.Next(originals.Length)];
                transmitter.Transmit(typeId, message);
            }

            Scribble(memory.Buffer, _random.Next(1, 4), 1024, BroadcastDescriptor.TailIntentOffset, BroadcastDescriptor.LatestOffset + 8);
            for (int call = 0; call < 3; call++)
            {
                try
                {
                    adapter.Receive();
                }
                catch (Exception refusal) when (refusal is InvalidDataException or BroadcastLappedException)
                {
                    refused++;
                }
            }
        }

        TestContext.Out.WriteLine($"{heard.Count} heard, {refused} refused");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(heard.Count, Is.GreaterThan(1000));
            Assert.That(refused, Is.GreaterThan(1000), $"seed {Seed}");
            Assert.That(memory.AreGuardsWhole(), Is.True);
        }
    }

    [Test]
    public void A_million_random_counters_are_read_without_harm()
    {
        const int capacity = 4096;
        using var metaData = new NativeBlock(capacity * CountersDescriptor.MetaDataRecordLength);
        using var values = new NativeBlock(capacity * CountersDescriptor.ValueRecordLength);
        _random.NextBytes(values.Buffer.AsSpan(0, (int)values.Buffer.CapacityBytes));
        var reader = new CountersReader(metaData.Buffer, values.Buffer);
        long read = 0;
        for (int round = 0; round <= Records / capacity; round++)
        {
            _random.NextBytes(metaData.Buffer.AsSpan(0, (int)metaData.Buffer.CapacityBytes));
            for (int id = 0; id < capacity; id++)
            {
                // A random state is as good as never that of a counter in use.
                if (_random.Next(8) != 0)
                    metaData.Buffer.PutInt((long)id * CountersDescriptor.MetaDataRecordLength, CountersDescriptor.RecordAllocated);
                if (_random.Next(16) != 0)
                    metaData.Buffer.PutInt(((long)id * CountersDescriptor.MetaDataRecordLength) + CountersDescriptor.LabelLengthOffset, _random.Next(-8, 16));
            }

            read += reader.Counters().Count(static counter => counter.Label.Length <= CountersDescriptor.LabelMaxLength);
            reader.FindByTypeIdAndRegistrationId(_random.Next(), _random.NextInt64());
        }

        Assert.That(read, Is.GreaterThan(Records / 2), $"seed {Seed}");
    }

    [Test]
    public void Random_and_mutated_error_logs_and_loss_reports_are_read_without_harm()
    {
        const int length = 1024;
        using var memory = new GuardedMemory(length);
        var clock = new ManualClock();
        long read = 0;
        for (int round = 0; round < Records / 2; round++)
        {
            memory.Buffer.Clear(0, length);
            bool isErrorLog = _random.Next(2) == 0;
            if (isErrorLog)
            {
                var log = new DistinctErrorLog(memory.Buffer, clock);
                log.Record("an error");
                log.Record("another error that is longer");
            }
            else
            {
                var report = new LossReport(memory.Buffer);
                report.CreateEntry(1, 2, 3, 4, "aeron:udp?endpoint=localhost:1", "127.0.0.1:1");
                report.CreateEntry(1, 2, 3, 4, "aeron:udp?endpoint=localhost:2", "127.0.0.1:1");
            }

            Scribble(memory.Buffer, _random.Next(1, 8), length, 0, 0);
            read += isErrorLog ? ErrorLogReader.Read(memory.Buffer).Count : LossReportReader.Read(memory.Buffer).Count;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.GreaterThan(1000), $"seed {Seed}");
            Assert.That(memory.AreGuardsWhole(), Is.True);
        }
    }

    /// <summary>Cuts, lengthens or overwrites some bytes, or makes all of them random.</summary>
    private int Mutate(byte[] original, byte[] target)
    {
        int length = Copy(original, target);
        switch (_random.Next(5))
        {
            case 0:
                return _random.Next(length + 1);
            case 1:
                int longer = length + _random.Next(64);
                _random.NextBytes(target.AsSpan(length, longer - length));
                return longer;
            case 2:
                length = _random.Next(256);
                _random.NextBytes(target.AsSpan(0, length));
                return length;
            case 3:
                // Most lengths of texts stand at a multiple of four.
                int field = _random.Next(length / 4) * 4;
                BitConverter.TryWriteBytes(target.AsSpan(field), Number());
                return length;
            default:
                for (int count = _random.Next(1, 4); count > 0; count--)
                {
                    target[_random.Next(length)] = (byte)_random.Next(256);
                }

                return length;
        }
    }

    private static int Copy(byte[] original, byte[] target)
    {
        original.CopyTo(target, 0);
        return original.Length;
    }

    /// <summary>Overwrites words among the records and, less often, in a part of the trailer.</summary>
    private void Scribble(UnsafeBuffer buffer, int words, int capacity, int trailerFrom, int trailerTo)
    {
        for (; words > 0; words--)
        {
            bool isTrailer = trailerTo > 0 && _random.Next(4) == 0;
            int offset = isTrailer ? capacity + trailerFrom + _random.Next(trailerTo - trailerFrom - 3) : _random.Next(capacity / 4) * 4;
            buffer.PutInt(offset, Number());
        }
    }

    private int Number() => _random.Next(4) switch
    {
        0 => _random.Next(int.MinValue, int.MaxValue),
        1 => _random.Next(-16, 17),
        2 => _random.Next(-2048, 2049),
        _ => _random.Next(2) == 0 ? int.MinValue : int.MaxValue,
    };

    /// <summary>A driver's end of the ring that only counts.</summary>
    private sealed class CommandSide : IDisposable
    {
        private readonly GuardedMemory _ring;
        private readonly GuardedMemory _broadcast = new((64 * 1024) + BroadcastDescriptor.TrailerLength);
        private readonly GuardedMemory _errorLog = new(64 * 1024);
        private readonly NativeBlock _counterMemory = new(SystemCounters.Count * CountersDescriptor.ValueRecordLength);
        private readonly SystemCounters _counters;

        internal CommandSide(int capacity)
        {
            _ring = new GuardedMemory(capacity + ManyToOneRingBuffer.TrailerLength);
            _counters = new SystemCounters(_counterMemory.Buffer);
            Ring = new ManyToOneRingBuffer(_ring.Buffer);
            IClock clock = new ManualClock();
            Adapter = new ClientCommandAdapter(
                Ring, Handler, new ClientProxy(new BroadcastTransmitter(_broadcast.Buffer)), new DistinctErrorLog(_errorLog.Buffer, clock), _counters);
        }

        internal UnsafeBuffer RingMemory => _ring.Buffer;

        internal ManyToOneRingBuffer Ring { get; }

        internal ClientCommandAdapter Adapter { get; }

        internal CommandCount Handler { get; } = new();

        internal long Errors => _counters[SystemCounterId.Errors].Get();

        public void Dispose()
        {
            _ring.Dispose();
            _broadcast.Dispose();
            _errorLog.Dispose();
            _counterMemory.Dispose();
        }

        internal bool AreGuardsWhole() => _ring.AreGuardsWhole() && _broadcast.AreGuardsWhole() && _errorLog.AreGuardsWhole();
    }
}

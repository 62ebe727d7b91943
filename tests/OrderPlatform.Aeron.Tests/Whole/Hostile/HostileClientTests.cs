using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Hostile;

/// <summary>Clients that do to a driver's shared memory what they can, while honest streams of another client run through the same driver.</summary>
[TestFixture]
internal sealed class HostileClientTests
{
    private const int HonestStreamMin = 70;
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20121";

    private static readonly string Seed = $"seed {HostileRun.Seed}";
    private static readonly int Count = HostileRun.Count / 10;

    [Test]
    public void Honest_streams_come_through_hostile_commands()
    {
        var random = new Random(HostileRun.Seed);
        using var world = new AeronWorld { StepNs = 2_000_000 };
        var escaped = new List<Exception>();
        AeronNode node = world.Add(1, change: context => HostileLimits.Apply(context, escaped));
        using var inside = new HonestTraffic(world, node, node, "aeron:ipc?term-length=64k", HonestStreamMin, 5);
        using var outside = new HonestTraffic(world, node, node, Udp, HonestStreamMin + 1, 6);
        using var cnc = CncFile.Open(node.Directory);
        var ring = new ManyToOneRingBuffer(cnc.ToDriver);
        var commands = new HostileCommands(random, node.Client.ClientId, [inside.ImageId, outside.ImageId], HonestStreamMin);
        for (int count = 0; count < Count; count++)
        {
            int typeId = commands.Next(ring.NextCorrelationId, out ReadOnlySpan<byte> message);
            ring.TryWrite(typeId, message);
            if (count % 4 != 3)
                continue;
            inside.Exchange();
            outside.Exchange();
            world.Step();
            if (escaped.Count > 0)
                break;
            if (count % 4096 == 4095)
                HostileLimits.AssertMemory(node, Seed);
        }

        Assert.That(escaped, Is.Empty, Seed);
        inside.AssertWhole(Seed);
        outside.AssertWhole(Seed);
        Assert.That(node.ClientErrors, Is.Empty, Seed);
        TestContext.Out.WriteLine(
            $"{inside.Count} and {outside.Count} honest messages, {node.Client.CountersReader.Value((int)SystemCounterId.Errors)} commands refused, "
            + $"{node.Client.CountersReader.Value((int)SystemCounterId.ClientTimeouts)} clients timed out");
        HostileLimits.AssertServesANewClient(world, node);
        HostileLimits.AssertMemory(node, Seed);
    }

    [Test]
    public void Honest_streams_come_through_what_clients_scribble_over_their_own_memory()
    {
        var random = new Random(HostileRun.Seed);
        using var world = new AeronWorld { StepNs = 2_000_000 };
        var escaped = new List<Exception>();
        AeronNode node = world.Add(1, change: context => HostileLimits.Apply(context, escaped));
        using var inside = new HonestTraffic(world, node, node, "aeron:ipc?term-length=64k", HonestStreamMin, 5);
        using var outside = new HonestTraffic(world, node, node, Udp, HonestStreamMin + 1, 6);
        for (int count = 0; count < Count;)
        {
            using var scribbler = new Scribbler(node, random);
            // Until the driver takes it for dead, whose heartbeat it overwrites too, or for as long.
            for (int round = random.Next(50, 6_000); round > 0 && count < Count; round--, count++)
            {
                scribbler.Scribble();
                inside.Exchange();
                outside.Exchange();
                world.Step();
                Assert.That(escaped, Is.Empty, $"{Seed}, round {count}");
            }
        }

        inside.AssertWhole(Seed);
        outside.AssertWhole(Seed);
        Assert.That(node.ClientErrors, Is.Empty, Seed);
        TestContext.Out.WriteLine($"{inside.Count} and {outside.Count} honest messages");
        HostileLimits.AssertServesANewClient(world, node);
        HostileLimits.AssertMemory(node, Seed);
    }

    /// <summary>A client with streams of each kind, which writes numbers that cannot be wherever a client may write.</summary>
    private sealed class Scribbler : IDisposable
    {
        private readonly Random _random;
        private readonly List<MappedFile> _logs = [];
        private readonly List<long> _counterOffsets = [];
        private readonly List<long> _positionOffsets = [];
        private readonly CncFile _cnc;

        public Scribbler(AeronNode node, Random random)
        {
            _random = random;
            _cnc = CncFile.Open(node.Directory);
            // Abandoned at the end, not closed: it times out with all that it has, or its heartbeat says that it closed.
            AeronClient client = node.Connect();
            foreach (string channel in (string[])["aeron:ipc?term-length=64k", Udp, "aeron:ipc?term-length=64k|tether=false"])
            {
                int streamId = random.Next(1, HonestStreamMin);
                Subscription subscription = client.AddSubscription(channel, streamId);
                client.AddSubscription(channel, streamId);
                Publication shared = client.AddPublication(channel, streamId);
                Publication exclusive = client.AddExclusivePublication(channel, streamId);
                for (int count = random.Next(1, 40); count > 0; count--)
                {
                    shared.Offer(new byte[random.Next(1, 900)]);
                    exclusive.Offer(new byte[random.Next(1, 900)]);
                    client.InvokeConductor();
                }

                foreach (Publication publication in (Publication[])[shared, exclusive])
                {
                    _logs.Add(MappedFile.OpenExisting(AeronDirectory.PublicationLog(node.Directory, publication.OriginalRegistrationId)));
                }

                subscription.ForEachImage(image =>
                {
                    string path = AeronDirectory.ImageLog(node.Directory, image.CorrelationId);
                    if (File.Exists(path))
                        _logs.Add(MappedFile.OpenExisting(path));
                });
            }

            if (random.Next(2) == 0)
                client.AddSubscription($"aeron-spy:{Udp}", 1);
            foreach (CounterRecord counter in client.CountersReader.Counters())
            {
                if (client.CountersReader.OwnerId(counter.Id) != client.ClientId)
                    continue;
                long offset = (long)counter.Id * CountersDescriptor.ValueRecordLength;
                if (counter.TypeId is CounterTypes.SubscriberPosition or CounterTypes.ClientHeartbeat)
                    _counterOffsets.Add(offset);
                if (counter.TypeId == CounterTypes.SubscriberPosition)
                    _positionOffsets.Add(offset);
            }
        }

        public void Scribble()
        {
            if (_random.Next(4) == 0)
            {
                // All on, by what is no frame: one that stays behind would hide it.
                int step = _random.Next(1_500);
                _positionOffsets.ForEach(offset => _cnc.CountersValues.GetAndAddLong(offset, step));
            }

            if (_random.Next(512) == 0)
                _cnc.CountersValues.PutLong(_counterOffsets[_random.Next(_counterOffsets.Count)], Number());
            UnsafeBuffer log = _logs[_random.Next(_logs.Count)].Buffer;
            long metaData = log.CapacityBytes - LogBufferDescriptor.MetaDataLength;
            switch (_random.Next(4))
            {
                case 0:
                    log.PutLong(metaData + (8 * _random.Next(4)), Number());
                    break;

                case 1:
                    log.PutInt(metaData + (4 * _random.Next(LogBufferDescriptor.MetaDataLength / 8)), (int)Number());
                    break;

                case 2:
                    // Near the beginning: where the streams are.
                    log.PutInt(4 * _random.Next(4096), (int)Number());
                    break;

                default:
                    log.PutInt(4 * _random.NextInt64(metaData / 4), (int)Number());
                    break;
            }
        }

        public void Dispose()
        {
            _logs.ForEach(static log => log.Dispose());
            _cnc.Dispose();
        }

        private long Number() => _random.Next(12) switch
        {
            0 => 0,
            1 => -1,
            2 => long.MaxValue,
            3 => long.MinValue,
            4 => _random.Next(100_000),
            5 => 32L * _random.Next(10_000),
            6 => (long)_random.Next(4) << 32 | (uint)_random.Next(70_000),
            7 => -32L * _random.Next(100),
            8 => int.MaxValue,
            9 => int.MinValue,
            10 => 32 + _random.Next(2_000),
            _ => _random.NextInt64(long.MinValue, long.MaxValue),
        };
    }
}

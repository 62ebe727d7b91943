using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Aeron.Tests.Whole.Features;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>Clients that write nonsense into the memory that they share with the driver hurt their own streams and no others.</summary>
[TestFixture]
internal sealed class HostileSharedMemoryTests
{
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20380";
    private const string Ipc = "aeron:ipc";

    [TestCase(-1)]
    [TestCase(5)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    [TestCase(1 << 30)]
    public void A_subscriber_that_lies_about_its_position_does_not_stop_the_conductor(long position)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        foreach (string channel in (string[])[Ipc, Udp])
        {
            Subscription liar = node.Client.AddSubscription(channel, 1);
            Publication publication = node.Client.AddPublication(channel, 1);
            world.Connect(publication, liar);
            world.StepUntil(() => publication.Offer(new byte[1000]) == Publication.BackPressured, TimeSpan.FromSeconds(1), "full");
            new AtomicCounter(node.Client.CountersReader.Values, liar.Images[0].SubscriberPositionId).SetRelease(position);
            world.StepFor(TimeSpan.FromSeconds(3));
            Assert.That(publication.PositionLimit, Is.InRange(0, publication.Position + publication.TermBufferLength));
            liar.Dispose();
            publication.Dispose();
        }

        Assert.That(node.Errors(), Is.Empty);
        PassOnOther(world, node);
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void Nonsense_in_logs_and_counters_of_some_streams_does_not_disturb_others([Range(1, 8)] int seed)
    {
        using AeronWorld world = WorldSteps.New();
        var failures = new List<Exception>();
        AeronNode node = world.Add(seed, change: context => context with { ErrorHandler = failures.Add });
        var random = new Random(seed);
        var subscriptions = new List<Subscription>();
        var publications = new List<Publication>();
        foreach (string channel in (string[])[Ipc, Udp, $"{Udp}|ssc=true", $"aeron-spy:{Udp}"])
        {
            subscriptions.Add(node.Client.AddSubscription(channel, 1));
            if (!channel.StartsWith("aeron-spy", StringComparison.Ordinal))
                publications.Add(node.Client.AddExclusivePublication(channel, 1));
        }

        world.StepUntil(() => subscriptions.TrueForAll(static subscription => subscription.IsConnected), TimeSpan.FromSeconds(2), "connected");
        int[] counters = [.. node.Counters().Where(static counter => counter.TypeId is not (CounterTypes.System or CounterTypes.ClientHeartbeat)).Select(static counter => counter.Id)];
        LogBuffer[] logs = [.. Leftovers.LogFiles(node.Directory).Select(LogBuffer.Open)];
        for (int round = 0; round < 200; round++)
        {
            LogBuffer log = logs[random.Next(logs.Length)];
            Spoil(random, log.MetaData, 256);
            Spoil(random, log.Terms[random.Next(3)], log.TermLength);
            long nonsense = Nonsense(random);
            new AtomicCounter(node.Client.CountersReader.Values, counters[random.Next(counters.Length)]).SetRelease(nonsense);
            world.StepNs = 1 + random.NextInt64(300_000_000);
            world.Step();
        }

        Array.ForEach(logs, static log => log.Dispose());
        world.StepNs = 1_000_000;
        Assert.That(failures, Is.Empty, $"seed {seed}");
        PassOnOther(world, node);
        subscriptions.ForEach(static subscription => subscription.Dispose());
        publications.ForEach(static publication => publication.Dispose());
        world.CloseAndCheckNothingIsLeft(node);
    }

    private static void PassOnOther(AeronWorld world, AeronNode node)
    {
        foreach (string channel in (string[])[Ipc, "aeron:udp?endpoint=127.0.0.1:20381"])
        {
            using Subscription subscription = node.Client.AddSubscription(channel, 7);
            using Publication publication = node.Client.AddPublication(channel, 7);
            world.Connect(publication, subscription);
            world.Pass(publication, 200, 1, subscription);
        }
    }

    /// <summary>A few values somewhere in the first bytes; not where a log says how long it is, which a client that opens it checks.</summary>
    private static void Spoil(Random random, UnsafeBuffer buffer, int lengthMax)
    {
        Span<byte> value = stackalloc byte[sizeof(long)];
        for (int count = 0; count < 4; count++)
        {
            long nonsense = Nonsense(random);
            MemoryMarshal.Write(value, in nonsense);
            value.CopyTo(buffer.AsSpan(random.Next(lengthMax / sizeof(long)) * sizeof(long), sizeof(long)));
        }
    }

    private static long Nonsense(Random random) => random.Next(6) switch
    {
        0 => random.NextInt64(long.MinValue, long.MaxValue),
        1 => -1,
        2 => long.MaxValue,
        3 => random.Next(200_000),
        4 => (long)random.Next() << 32 | (uint)random.Next(70_000),
        _ => 0,
    };
}

using System.Globalization;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Micro;
using OrderPlatform.Benchmarks.Topologies;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>The ring beside channel, queue, a loop without any library, and what Disruptor-net measured on a machine of this kind.</summary>
internal static class RingFigures
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(150);

    /// <summary>The capacity that Disruptor-net's own throughput tests use.</summary>
    public static OneToOne<Slot64> OneToOne64 => new("1p1c-64", 65_536);

    /// <summary>Eight such events share a line: only long pauses of the consumer keep the lines with their writer, so ring and pause are long.</summary>
    public static OneToOne<Slot8> OneToOne8 => new("1p1c-8", 1 << 20) { BatchMax = 65_536, GatherBatch = 2_048, GatherSpinsMax = 1_024 };

    public static IReadOnlyList<ITopology> Topologies => [OneToOne64, OneToOne8, new ThreeStagePipeline(), new Diamond(), new ThreeToOne(), new PingPong()];

    public static void Run()
    {
        Rounds trip = Rounds.Run([PingPong.Raw], 5, TimeSpan.FromMilliseconds(50));
        Figure.Note($"core to core, there and back: {trip.NanosPerEvent(PingPong.RawName).ToString("0", CultureInfo.InvariantCulture)} ns");
        Large();
        Small();
        foreach (ITopology topology in Topologies.Where(static topology => topology is ThreeStagePipeline or Diamond or ThreeToOne))
            Compare(topology);
        Rounds pingPong = Rounds.Run(new PingPong().Contestants, 7, Time / 2);
        foreach (string baseline in (string[])["channel", "queue", PingPong.RawName])
            Figure.PrintTime("ring.ping-pong", pingPong, "ring", baseline);
        OneThread();
    }

    private static void Large()
    {
        OneToOne<Slot64> topology = OneToOne64;
        Rounds rounds = Rounds.Run([.. topology.Contestants, .. topology.OtherWays], 7, Time);
        foreach (string baseline in (string[])["channel", "queue", "raw-loop"])
            Figure.PrintRate("ring.1p1c-64", rounds, "ring", baseline);
        foreach (string baseline in (string[])["channel", "queue"])
        {
            Figure.PrintRate("ring.1p1c-64-whole", rounds, "ring-whole", baseline);
            Figure.PrintRate("ring.1p1c-64-claim", rounds, "ring-claim", baseline);
            Figure.PrintRate("ring.1p1c-64-many", rounds, "ring-multi", baseline);
        }

        Figure.NoteRounds(topology.Name, rounds);
    }

    private static void Small()
    {
        OneToOne<Slot8> topology = OneToOne8;
        Contestant[] contestants = [.. topology.Contestants.Where(static one => one.Name is not ("channel" or "queue"))];
        Rounds rounds = Rounds.Run(contestants, 7, Time);
        Figure.PrintRate("ring.1p1c-8", rounds, "ring", "disruptor-net-recorded", 453);
        Figure.PrintRate("ring.1p1c-8", rounds, "ring", "disruptor-net-class-events-recorded", 185);
        Figure.PrintRate("ring.1p1c-8-many", rounds, "ring-multi", "disruptor-net-many-recorded", 19);
        Figure.PrintRate("ring.1p1c-8", rounds, "ring", "raw-loop");
        Figure.NoteRounds(topology.Name, rounds);
    }

    private static void Compare(ITopology topology)
    {
        Rounds rounds = Rounds.Run(topology.Contestants, 5, Time);
        foreach (string contestant in rounds.Names.Where(static name => name.StartsWith("ring", StringComparison.Ordinal)))
        {
            string name = contestant == "ring" ? topology.Name : topology.Name + "-fused";
            Figure.PrintRate($"ring.{name}", rounds, contestant, "channel");
            Figure.PrintRate($"ring.{name}", rounds, contestant, "queue");
        }

        Figure.NoteRounds(topology.Name, rounds);
    }

    private static void OneThread()
    {
        var ring = new RingClaimBenchmark();
        ring.Wire();
        Rounds rounds = Rounds.Run(
            [
                Loop.Of("publisher", 256, () => ring.Publisher()), Loop.Of("ring", 256, () => ring.PublishEvent()),
                Loop.Of("claim", 256, () => ring.Claim()), Loop.Of("many", 256, () => ring.ClaimOfMany()), Loop.Of("queue", 256, () => ring.Queue()),
            ],
            9, TimeSpan.FromMilliseconds(40));
        Figure.PrintTime("ring.publisher-poll", rounds, "publisher", "queue");
        Figure.PrintTime("ring.publish-poll", rounds, "ring", "queue");
        Figure.PrintTime("ring.claim-publish-poll", rounds, "claim", "queue");
        Figure.PrintTime("ring.claim-publish-poll-many", rounds, "many", "queue");
    }
}

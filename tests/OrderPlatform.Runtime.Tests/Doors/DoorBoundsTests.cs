using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Doors;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>What is full holds its sender back and nobody else, and what never ends is ended.</summary>
[TestFixture]
internal sealed class DoorBoundsTests
{
    [Test]
    public void A_full_ring_holds_the_publisher_back_and_loses_nothing()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)), ringLength: 8);
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        rig.Sequences = false;
        ulong offered = 0;
        for (int step = 0; step < 5_000; step++)
        {
            offered += publisher.TryOffer(DoorMessages.Submission(7, offered + 1, DoorMessages.Signal(offered + 1))) ? 1u : 0;
            publisher.Step();
        }

        Assert.That(rig.Door.CountsOf(7).Accepted, Is.EqualTo(8));
        Assert.That(rig.Door.CountsOf(7).BackPressured, Is.EqualTo(1));
        Assert.That(offered, Is.InRange(9, 1_000), "what the flow control of the stream lets go");
        rig.Sequences = true;
        AckLine[] acks = publisher.AwaitAcks((int)offered);
        Assert.That(acks.Select(static ack => ack.Sequence), Is.EqualTo(Enumerable.Range(1, (int)offered).Select(static sequence => (long)sequence)));
    }

    [Test]
    public void No_more_than_the_window_is_without_an_answer()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)) with { Window = 5 });
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        Assert.That(publisher.Connect().Window, Is.EqualTo(5));
        rig.Durable = static () => 0;
        for (ulong number = 1; number <= 20; number++)
        {
            publisher.Send(number, DoorMessages.Signal(number));
        }

        rig.StepFor(TimeSpan.FromSeconds(1));
        Assert.That(rig.AppendedSequence, Is.EqualTo(5));
        rig.Durable = null;
        publisher.AwaitAcks(20);
    }

    [Test]
    public void A_budget_is_kept_over_all_streams_of_a_publisher()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7) with { MessagesPerSecond = 100, Burst = 20 }));
        using var signals = new RawPublisher(rig, 7, rig.World.Add(2));
        using var market = new RawPublisher(rig, 7, rig.World.Add(3), stream: 1002);
        signals.Connect();
        market.Connect();
        for (ulong number = 1; number <= 200; number++)
        {
            signals.Send(number, DoorMessages.Signal(number));
            market.Send(number, DoorMessages.Trade());
        }

        long before = rig.Door.CountsOf(7).Accepted;
        rig.StepFor(TimeSpan.FromSeconds(2));
        Assert.That(rig.Door.CountsOf(7).Accepted - before, Is.InRange(199, 221), "two seconds' worth, and a burst where it had paused");
        signals.AwaitAcks(200);
        market.Poll();
        market.AwaitAcks(200);
    }

    [Test]
    public void A_publisher_that_does_not_take_its_answers_is_rejected_and_may_come_again()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)) with { ResponseTermLength = 65_536 });
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        publisher.Reads = false;
        ulong number = 0;
        rig.StepUntil(
            () =>
            {
                number += publisher.TryOffer(DoorMessages.Submission(7, number + 1, DoorMessages.Signal(number + 1))) ? 1u : 0;
                return rig.Door.LiveSessions == 0;
            },
            "the session ends", 60);
        Assert.That(rig.Door.CountsOf(7).BackPressured, Is.Positive);
        Assert.That(rig.ReadAudit(), Has.One.Matches<AuditLine>(static line => line is { Publisher: 7, Kind: DoorEventKind.SessionEnded, Reason: DoorReason.ResponseChannel }));
        publisher.Reads = true;
        publisher.NewSession();
        Assert.That(publisher.Connect(), Is.EqualTo(new WelcomeLine(DoorStatus.Accepted, DoorReason.None, (ulong)rig.AppendedSequence, rig.AppendedSequence, 1_024, string.Empty)));
    }

    [Test]
    public void A_session_beyond_the_most_takes_the_place_of_the_oldest_that_has_not_said_hello_and_never_of_a_live_one()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7), DoorRig.Rule(8), DoorRig.Rule(9)) with { SessionsMax = 2 });
        using var live = new RawPublisher(rig, 7, rig.World.Add(2));
        live.Connect();
        using var silent = new RawPublisher(rig, 8, rig.World.Add(3));
        silent.StepUntil(() => silent.Publication.IsConnected, "the silent one is there");
        rig.StepFor(TimeSpan.FromMilliseconds(100));
        using var third = new RawPublisher(rig, 9, rig.World.Add(4));
        third.Connect();
        silent.StepUntil(() => !silent.Publication.IsConnected, "the silent one is rejected");
        using var fourth = new RawPublisher(rig, 8, rig.World.Add(5));
        fourth.StepUntil(() => fourth.Publication.IsConnected, "it is there");
        fourth.StepUntil(() => !fourth.Publication.IsConnected, "it is rejected");
        Assert.That(rig.Door.LiveSessions, Is.EqualTo(2));
        live.Send(1, DoorMessages.Signal(1));
        live.AwaitAcks(1);
    }

    [Test]
    public void The_audit_stays_small_under_a_flood_of_refusals_and_counts_all_of_them()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        long begin = rig.World.Clock.NanoTime;
        for (ulong number = 1; number <= 20_000; number++)
        {
            publisher.Send(number, DoorMessages.Signal(number, client: 2));
        }

        publisher.AwaitAcks(20_000);
        rig.StepFor(TimeSpan.FromSeconds(1.1));
        double seconds = (rig.World.Clock.NanoTime - begin) / 1e9;
        AuditLine[] refused = [.. rig.ReadAudit().Where(static line => line.Kind == DoorEventKind.SubmissionRefused)];
        Assert.That(refused.Sum(static line => (long)line.Count), Is.EqualTo(20_000));
        Assert.That(refused, Has.Length.LessThanOrEqualTo(2 + (int)seconds));
        Assert.That(refused[0], Is.EqualTo(new AuditLine(7, DoorEventKind.SubmissionRefused, DoorReason.ClientNotAllowed, 1001, 1, 1, "the publisher may not speak for client 2")));
    }

    [Test]
    public void The_audit_has_a_bound_however_much_is_told_by_however_many()
    {
        using var folder = new JournalFolder();
        var time = new ManualTime();
        string path = Path.Combine(folder.Path, "audit");
        using var audit = new DoorAudit(path, time);
        for (int second = 0; second < 3; second++)
        {
            for (int count = 0; count < 100_000; count++)
            {
                var key = new DoorEventKey((uint)(count % 2_000), 1001, DoorEventKind.HelloRefused, DoorReason.UnknownPublisher);
                audit.Tell(key, count, 0, default, time.GetTimestamp());
            }

            time.Advance(TimeSpan.FromSeconds(1));
            audit.FlushWhenDue(time.GetTimestamp());
        }

        Assert.That(audit.Written, Is.LessThanOrEqualTo(128 + (3 * (32 + 513))));
        long told = 0;
        using JournalReader reader = JournalReader.Open(path);
        while (reader.TryRead(out JournalRecord record))
        {
            told += (long)DoorEventDecoder.WrapForDecodeAndApplyHeader(record.Payload).Count_;
        }

        Assert.That(told, Is.EqualTo(300_000));
    }

    [Test]
    public void A_session_that_ends_while_its_way_back_is_opened_leaves_no_publication_behind()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.Node, channel: DoorRig.Udp);
        for (int round = 0; round < 5; round++)
        {
            publisher.Hello();
            rig.StepUntil(() => rig.Door.OpeningSessions == 1, "the hello is read");
            rig.Door.EndAllSessions();
            publisher.NewSession();
        }

        rig.StepFor(TimeSpan.FromSeconds(20));
        Assert.That(
            rig.Node.Client.CountersReader.Counters().Where(static counter => counter.Label.StartsWith("pub-lmt", StringComparison.Ordinal)).Select(static counter => counter.Label),
            Has.Exactly(1).Items, "the publisher's own");
    }

    [Test]
    public void Another_version_of_the_schema_is_rejected_at_once_with_the_reason()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        byte[] hello = DoorMessages.Hello(7, publisher.ResponseChannel);
        hello[6] = 9;
        publisher.Offer(hello);
        publisher.StepUntil(() => !publisher.Publication.IsConnected, "the rejection");
        Assert.That(rig.ReadAudit()[0], Is.EqualTo(new AuditLine(
            0, DoorEventKind.SubmissionRefused, DoorReason.WrongSchema, 1001, 0, 1, "schema 2700, version 9: here it is schema 2700, version 0")));
    }

    [Test]
    public void When_the_engine_stops_what_it_has_is_acknowledged_and_what_it_has_not_stays_with_its_publisher()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        rig.Sequences = false;
        publisher.Send(1, DoorMessages.Signal(1));
        publisher.StepUntil(() => rig.Door.CountsOf(7).Accepted == 1, "it is in the ring");
        rig.CloseRing();
        publisher.Send(2, DoorMessages.Signal(2));
        rig.StepFor(TimeSpan.FromMilliseconds(100));
        Assert.That(rig.Door.IsDrained, Is.False);
        rig.Sequences = true;
        Assert.That(publisher.AwaitAcks(1), Is.EqualTo(new[] { new AckLine(1, DoorStatus.Accepted, DoorReason.None, 1, string.Empty) }));
        rig.StepFor(TimeSpan.FromSeconds(1));
        publisher.Poll();
        Assert.That(publisher.Acks, Has.Count.EqualTo(1));
        Assert.That(rig.Door.IsDrained, Is.True);
    }

    [Test]
    public void Options_that_cannot_be_are_refused_with_what_is_allowed()
    {
        Check(DoorRig.With(DoorRig.Rule(7)) with { Window = 1_025 }, "the door's window is 1025: allowed are 1 to 1024");
        Check(DoorRig.With(DoorRig.Rule(7), DoorRig.Rule(7)), "publisher id 7 is there twice");
        Check(DoorRig.With(DoorRig.Rule(70_000)), "publisher 'p70000' has id 70000");
        Check(DoorRig.With(DoorRig.Rule(7) with { Key = [1, 2] }), "publisher 7 has a key of 2 bytes");
        Check(DoorRig.With(DoorRig.Rule(7) with { MessagesPerSecond = 5 }), "publisher 7 has a budget of 5 messages a second and a burst of 0");
        Check(DoorRig.With(DoorRig.Rule(7) with { Sources = ["somewhere"] }), "'somewhere' is no source");
        Check(DoorRig.With(DoorRig.Rule(7)) with { Channel = "aeron:udp?endpoint=127.0.0.1:0" }, "leaves its port open");

        static void Check(DoorOptions options, string expected) =>
            Assert.That(() => new DoorRig(options).Dispose(), Throws.ArgumentException.With.Message.Contains(expected));
    }
}

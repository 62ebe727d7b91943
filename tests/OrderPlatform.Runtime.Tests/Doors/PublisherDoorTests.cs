using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>A publisher comes in, is told what became of each submission, and may send again what it is not sure of.</summary>
[TestFixture]
internal sealed class PublisherDoorTests
{
    [TestCase(DoorRig.Udp)]
    [TestCase("aeron:ipc")]
    public void Each_submission_is_acknowledged_with_its_sequence_once_it_is_in_the_journal(string channel)
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)) with { Channel = channel });
        using var publisher = new RawPublisher(rig, 7, channel == DoorRig.Udp ? rig.World.Add(2) : rig.Node, channel);
        WelcomeLine welcome = publisher.Connect();
        Assert.That(welcome, Is.EqualTo(new WelcomeLine(DoorStatus.Accepted, DoorReason.None, 0, 0, 1_024, string.Empty)));
        for (ulong number = 1; number <= 3_000; number++)
        {
            publisher.Send(number, DoorMessages.Signal(number));
        }

        AckLine[] acks = publisher.AwaitAcks(3_000);
        Assert.That(acks.Select(static ack => ack.Number), Is.EqualTo(Enumerable.Range(1, 3_000).Select(static number => (ulong)number)));
        Assert.That(acks, Has.All.Matches<AckLine>(static ack => ack is { Status: DoorStatus.Accepted, Reason: DoorReason.None }));
        Assert.That(acks.Select(static ack => ack.Sequence), Is.EqualTo(Enumerable.Range(1, 3_000).Select(static sequence => (long)sequence)));
        var journal = rig.ReadJournal();
        Assert.That(journal.Select(static input => input.Origin.Number), Is.EqualTo(acks.Select(static ack => ack.Number)));
        Assert.That(journal[1_233].Message, Is.EqualTo(DoorMessages.Signal(1_234)));
        Assert.That(rig.Door.CountsOf(7).Accepted, Is.EqualTo(3_000));
    }

    [Test]
    public void Nothing_is_acknowledged_before_it_is_durable_and_a_refusal_waits_behind_what_was_accepted_before_it()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        rig.Durable = static () => 0;
        publisher.Send(1, DoorMessages.Signal(1));
        publisher.Send(2, DoorMessages.Signal(2, client: 2, strategy: 20));
        publisher.Send(3, DoorMessages.Signal(3));
        publisher.StepUntil(() => rig.AppendedSequence == 2, "both in the journal");
        rig.StepFor(TimeSpan.FromSeconds(1));
        publisher.Poll();
        Assert.That(publisher.Acks, Is.Empty);
        rig.Durable = static () => 1;
        publisher.AwaitAcks(2);
        rig.StepFor(TimeSpan.FromSeconds(1));
        publisher.Poll();
        Assert.That(publisher.Acks.Select(static ack => (ack.Number, ack.Status, ack.Sequence)), Is.EqualTo(new[] { (1UL, DoorStatus.Accepted, 1L), (2UL, DoorStatus.Refused, 0L) }));
        rig.Durable = null;
        Assert.That(publisher.AwaitAcks(3)[2], Is.EqualTo(new AckLine(3, DoorStatus.Accepted, DoorReason.None, 2, string.Empty)));
    }

    [Test]
    public void What_comes_twice_is_a_duplicate_with_the_sequence_that_it_got()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        foreach (ulong number in new ulong[] { 1, 1, 2, 2, 1 })
        {
            publisher.Send(number, DoorMessages.Signal(number));
        }

        Assert.That(
            publisher.AwaitAcks(5).Select(static ack => (ack.Number, ack.Status, ack.Sequence)),
            Is.EqualTo(new[]
            {
                (1UL, DoorStatus.Accepted, 1L), (1UL, DoorStatus.Duplicate, 1L), (2UL, DoorStatus.Accepted, 2L), (2UL, DoorStatus.Duplicate, 2L), (1UL, DoorStatus.Duplicate, 1L),
            }));
        Assert.That(rig.AppendedSequence, Is.EqualTo(2));
        Assert.That(rig.Door.CountsOf(7).Duplicates, Is.EqualTo(3));
    }

    [Test]
    public void A_gap_is_refused_with_the_number_that_is_expected_and_a_refused_number_is_used_up()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        publisher.Send(1, DoorMessages.Signal(1));
        publisher.Send(3, DoorMessages.Signal(3));
        publisher.Send(2, DoorMessages.Signal(2, instrument: 99));
        publisher.Send(2, DoorMessages.Signal(2));
        publisher.Send(3, DoorMessages.Signal(3));
        AckLine[] acks = publisher.AwaitAcks(5);
        Assert.That(acks[1], Is.EqualTo(new AckLine(3, DoorStatus.Refused, DoorReason.NumberGap, 0, "number 3 came where 2 is expected")));
        Assert.That(acks[2], Is.EqualTo(new AckLine(2, DoorStatus.Refused, DoorReason.UnknownInstrument, 0, "instrument 99 is not known")));
        Assert.That(acks[3], Is.EqualTo(new AckLine(2, DoorStatus.Duplicate, DoorReason.UnknownInstrument, 0, string.Empty)));
        Assert.That(acks[4], Is.EqualTo(new AckLine(3, DoorStatus.Accepted, DoorReason.None, 2, string.Empty)));
    }

    [Test]
    public void A_new_session_of_a_publisher_learns_how_far_it_has_come_and_goes_on()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        publisher.Send(1, DoorMessages.Signal(1));
        publisher.Send(2, DoorMessages.Signal(2));
        publisher.AwaitAcks(2);
        publisher.NewSession();
        Assert.That(publisher.Connect(next: 2), Is.EqualTo(new WelcomeLine(DoorStatus.Accepted, DoorReason.None, 2, 2, 1_024, string.Empty)));
        publisher.Send(2, DoorMessages.Signal(2));
        publisher.Send(3, DoorMessages.Signal(3));
        Assert.That(publisher.AwaitAcks(4)[2..].Select(static ack => (ack.Number, ack.Status, ack.Sequence)), Is.EqualTo(new[] { (2UL, DoorStatus.Duplicate, 2L), (3UL, DoorStatus.Accepted, 3L) }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void After_a_restart_of_the_engine_the_journal_tells_what_was_accepted(bool isKilled)
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        var node = rig.World.Add(2);
        using (var publisher = new RawPublisher(rig, 7, node))
        {
            publisher.Connect();
            for (ulong number = 1; number <= 10; number++)
            {
                publisher.Send(number, DoorMessages.Signal(number));
            }

            publisher.AwaitAcks(10);
            rig.Sequences = false;
            publisher.Send(11, DoorMessages.Signal(11));
            publisher.StepUntil(() => rig.Door.CountsOf(7).Accepted == 11, "the last one in the ring");
        }

        // What is only in the ring is lost with the engine, and has no acknowledgement.
        rig.Restart(isKilled);
        rig.Sequences = true;
        using var again = new RawPublisher(rig, 7, node);
        Assert.That(again.Connect(next: 10), Is.EqualTo(new WelcomeLine(DoorStatus.Accepted, DoorReason.None, 10, 10, 1_024, string.Empty)));
        again.Send(10, DoorMessages.Signal(10));
        again.Send(11, DoorMessages.Signal(11));
        Assert.That(again.AwaitAcks(2).Select(static ack => (ack.Number, ack.Status, ack.Sequence)), Is.EqualTo(new[] { (10UL, DoorStatus.Duplicate, 10L), (11UL, DoorStatus.Accepted, 11L) }));
        Assert.That(rig.ReadJournal().Select(static input => input.Origin.Number), Is.EqualTo(Enumerable.Range(1, 11).Select(static number => (ulong)number)));
    }

    [Test]
    public void A_welcome_waits_until_what_the_last_session_put_in_is_durable()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        rig.Sequences = false;
        publisher.Send(1, DoorMessages.Signal(1));
        publisher.StepUntil(() => rig.Door.CountsOf(7).Accepted == 1, "it is in the ring");
        publisher.NewSession();
        publisher.Hello();
        rig.StepFor(TimeSpan.FromSeconds(2));
        publisher.Poll();
        Assert.That(publisher.Welcomes, Has.Count.EqualTo(1));
        rig.Sequences = true;
        publisher.StepUntil(() => publisher.Welcomes.Count == 2, "the second welcome");
        Assert.That(publisher.Welcomes[1].LastNumber, Is.EqualTo(1));
    }

    [Test]
    public void A_second_session_of_a_publisher_is_refused_while_the_first_one_lives()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var first = new RawPublisher(rig, 7, rig.World.Add(2));
        using var second = new RawPublisher(rig, 7, rig.World.Add(3));
        first.Connect();
        WelcomeLine refused = second.Connect();
        Assert.That((refused.Status, refused.Reason), Is.EqualTo((DoorStatus.Refused, DoorReason.AlreadyConnected)));
        first.Send(1, DoorMessages.Signal(1));
        Assert.That(first.AwaitAcks(1)[0].Status, Is.EqualTo(DoorStatus.Accepted));
        Assert.That(rig.ReadAudit().Select(static line => (line.Publisher, line.Kind, line.Reason)), Is.EqualTo(new[]
        {
            (7u, DoorEventKind.SessionBegan, DoorReason.None), (7u, DoorEventKind.HelloRefused, DoorReason.AlreadyConnected),
        }));
    }
}

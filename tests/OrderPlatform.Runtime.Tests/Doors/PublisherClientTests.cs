using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>The publisher client and the door: whatever ends in between, each message is in the journal once, in order.</summary>
[TestFixture]
internal sealed class PublisherClientTests
{
    [TestCase(DoorRig.Udp)]
    [TestCase("aeron:ipc")]
    public void It_learns_its_numbers_and_is_told_of_each_what_became_of_it(string channel)
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)) with { Channel = channel });
        using var client = new ClientRig(rig, 7, channel == DoorRig.Udp ? rig.World.Add(2) : rig.Node, channel);
        for (ulong number = 1; number <= 2_500; number++)
        {
            client.Publish(number == 100 ? DoorMessages.Signal(number, client: 2) : DoorMessages.Signal(number));
        }

        client.AwaitAnswers();
        Assert.That(client.Answers, Has.Count.EqualTo(2_500));
        Assert.That(client.Answers[99], Is.EqualTo((100UL, DoorStatus.Refused, DoorReason.ClientNotAllowed, 0L)));
        Assert.That(client.Answers[2_499], Is.EqualTo((2_500UL, DoorStatus.Accepted, DoorReason.None, 2_499L)));
        Assert.That(rig.AppendedSequence, Is.EqualTo(2_499));
    }

    [Test]
    public void A_publisher_that_starts_anew_goes_on_behind_what_the_journal_has()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        var node = rig.World.Add(2);
        using (var client = new ClientRig(rig, 7, node))
        {
            client.Publish(DoorMessages.Signal(1));
            client.Publish(DoorMessages.Signal(2, instrument: 99));
            client.AwaitAnswers();
        }

        using var again = new ClientRig(rig, 7, node);
        again.Publish(DoorMessages.Signal(3));
        again.AwaitAnswers();
        Assert.That(again.Client.LastJournaled, Is.EqualTo((1UL, 1L)));
        Assert.That(again.Answers, Is.EqualTo(new[] { (2UL, DoorStatus.Accepted, DoorReason.None, 2L) }));
    }

    [Test]
    public void A_door_that_refuses_says_why_and_the_client_tries_again()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var first = new ClientRig(rig, 7, rig.World.Add(2));
        first.AwaitWelcome();
        using var second = new ClientRig(rig, 7, rig.World.Add(3));
        second.StepUntil(() => second.Client.Refusal == DoorReason.AlreadyConnected, "the refusal");
        Assert.That(second.Client.RefusalText, Does.StartWith("publisher 7 has another session"));
        first.Dispose();
        second.AwaitWelcome();
    }

    [Test, CancelAfter(120_000)]
    public void Nothing_is_lost_or_doubled_over_restarts_of_the_engine_and_losses_of_the_network([Range(1, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)), ringLength: 64);
        var faults = new FaultProfile { Seed = seed, DropRate = 0.02, Sides = FaultSides.Both, DuplicateRate = 0.02 };
        using var client = new ClientRig(rig, 7, rig.World.Add(100 + seed, faults), change: static options => options with { Window = 16 });
        const int Count = 600;
        int restarts = 0;
        int next = random.Next(40, 200);
        for (int number = 1; number <= Count; number++)
        {
            client.Publish(DoorMessages.Signal((ulong)number));
            if (number == next)
            {
                // Some of it is in the ring, some on the way, some acknowledged and not yet told.
                rig.Sequences = random.Next(2) == 0;
                for (int steps = random.Next(60); steps > 0; steps--)
                {
                    client.Step();
                }

                rig.Restart(isKilled: random.Next(2) == 0);
                rig.Sequences = true;
                restarts++;
                next += random.Next(40, 200);
            }
        }

        client.AwaitAnswers();
        Assert.That(restarts, Is.GreaterThan(1));
        Assert.That(client.Client.Welcomes, Is.GreaterThan(restarts));
        Assert.That(rig.ReadJournal().Select(static input => SignalDecoder.WrapForDecodeAndApplyHeader(input.Message).SignalId), Is.EqualTo(Numbers(Count)));
        Assert.That(client.Answers.Select(static answer => answer.Number), Is.EqualTo(Numbers(Count)));
        Assert.That(client.Answers, Has.All.Matches<(ulong Number, DoorStatus Status, DoorReason Reason, long Sequence)>(
            static answer => answer.Status != DoorStatus.Refused && answer.Reason == DoorReason.None && (answer.Sequence == 0 || answer.Sequence == (long)answer.Number)));
    }

    private static IEnumerable<ulong> Numbers(int count) => Enumerable.Range(1, count).Select(static number => (ulong)number);
}

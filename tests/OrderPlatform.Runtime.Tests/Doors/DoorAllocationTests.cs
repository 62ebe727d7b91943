using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>A submission from the client's call to the handler of its acknowledgement, through media driver, door, ring and journal: zero bytes.</summary>
[TestFixture]
internal sealed class DoorAllocationTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static value => (byte)value)];

    [TestCase(false)]
    [TestCase(true)]
    public void A_submission_its_acknowledgement_and_a_refusal_allocate_nothing(bool hasKey)
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7) with { Key = hasKey ? Key : null }) with { Channel = "aeron:ipc" });
        long sent = 0, accepted = 0, refused = 0;
        var options = new PublisherOptions { Channel = "aeron:ipc", PublisherId = 7, Key = hasKey ? Key : null };
        using var client = new PublisherClient(options, rig.Node.Client, new WorldTime(rig.World.Clock))
        {
            OnAcknowledged = (in Acknowledgement answer) =>
            {
                accepted += answer.Status == DoorStatus.Accepted ? 1 : 0;
                refused += answer.Status == DoorStatus.Refused ? 1 : 0;
            },
        };
        byte[] good = DoorMessages.Signal(1);
        byte[] bad = DoorMessages.Signal(1, client: 2);
        while (!client.IsConnected)
        {
            rig.Step();
            client.DoWork();
        }

        // The media driver's own duties, once a second or so, are not counted: its tests do.
        long Round(int badEvery)
        {
            long allocated = 0;
            for (int count = 0; count < 2_000; count++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                sent += client.TryPublish(count % badEvery == 0 ? bad : good, 0, out _) ? 1 : 0;
                rig.StepStages();
                client.DoWork();
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                rig.World.Step();
            }

            return allocated;
        }

        // Methods that are not compiled to the end yet box what they format.
        Round(badEvery: 2);
        Round(badEvery: 2);
        long least = long.MaxValue;
        AllocationCount.LeastOfRounds(() => least = Math.Min(least, Round(badEvery: 100)));
        Assert.That(least, Is.Zero);
        Assert.That(sent, Is.EqualTo(14_000));
        Assert.That((accepted, refused), Is.EqualTo((14_000 - 2_100 - client.Outstanding, 2_100)));
    }
}

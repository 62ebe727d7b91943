namespace OrderPlatform.Runtime.Tests.EventStreams;

/// <summary>However subscribers come, stand still, are cut off and come back: in the end each knows exactly what the engine has.</summary>
[TestFixture]
internal sealed class EventsPropertyTests
{
    private const int Rounds = 60;

    [Test]
    public void A_subscriber_ends_with_the_positions_orders_balances_and_marks_of_the_engine([Range(1, 40)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var world = new EventsWorld(seed, options => options with { RowsPerCycle = random.Next(1, 9) });
        var readers = new List<EventsReader>();
        int machines = 100;
        for (int round = 0; round < Rounds; round++)
        {
            Disturb(world, random, readers, ref machines);
            int inputs = random.Next(40);
            for (int input = 0; input < inputs; input++)
            {
                world.Trading.Step();
                world.Durable = random.Next(4) == 0 ? world.Trading.Engine.State.Sequence - random.Next(30) : world.Durable;
                if (random.Next(3) == 0)
                {
                    world.Step();
                }
            }
        }

        readers.Add(world.Join(machines));
        readers.ForEach(static reader => reader.IsStopped = false);
        world.Durable = long.MaxValue;
        world.Settle();
        foreach (EventsReader reader in readers)
        {
            Assert.That(world.Differences(reader.Book), Is.Empty, $"seed {seed}, {reader.Book.Status} {reader.Book.Detail}");
            Assert.That(reader.Book.Sequence, Is.LessThanOrEqualTo(world.Trading.Engine.State.Sequence));
        }

        Assert.That(world.Trading.Engine.State.Positions.Count, Is.Positive);
        TestContext.Out.WriteLine(
            $"{world.Replica.Sequence} inputs, {world.Stream.Snapshots} snapshots, {world.Stream.TimesBehind} times behind, {readers.Count} readers");
    }

    private static void Disturb(EventsWorld world, Random random, List<EventsReader> readers, ref int machines)
    {
        switch (random.Next(9))
        {
            case 0 when readers.Count < 5:
                readers.Add(world.Join(machines++));
                break;
            case 1 when readers.Count > 0:
                EventsReader stopping = readers[random.Next(readers.Count)];
                stopping.IsStopped = !stopping.IsStopped;
                break;
            case 2 when readers.Count > 1:
                EventsReader leaving = readers[random.Next(readers.Count)];
                readers.Remove(leaving);
                world.Leave(leaving);
                break;
            case 3 when readers.Count > 0:
                world.StepFor(TimeSpan.FromSeconds(random.Next(1, 12)));
                break;
            case 4:
                world.StepFor(TimeSpan.FromMilliseconds(random.Next(1, 40)));
                break;
            case 5:
                for (int input = 0; input < 600; input++)
                {
                    world.Trading.Step();
                    if (input % 4 == 0)
                    {
                        world.Step();
                    }
                }

                break;
            case 6:
                // Cut off for longer than anybody waits for a sign of life.
                world.World.Network.Filter = static _ => false;
                world.StepFor(TimeSpan.FromSeconds(random.Next(1, 14)));
                world.World.Network.Filter = null;
                break;
            default:
                break;
        }
    }
}

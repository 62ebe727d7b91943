using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Tests.Whole;

/// <summary>What the counters of cycle times say of a driver that stood still.</summary>
[TestFixture]
internal sealed class CycleTimeTests
{
    [TestCase(99, 0)]
    [TestCase(101, 1)]
    public void A_pause_of_more_than_the_label_says_counts_once_for_each_agent(int pauseMs, long expected)
    {
        using var world = new AeronWorld();
        AeronNode node = world.Add(1);
        world.Step();
        world.Clock.Advance(TimeSpan.FromMilliseconds(pauseMs));
        world.Step();

        CountersReader counters = node.Client.CountersReader;
        using (Assert.EnterMultipleScope())
        {
            foreach (SystemCounterId id in (SystemCounterId[])
                [SystemCounterId.ConductorCycleTimeThresholdExceeded, SystemCounterId.SenderCycleTimeThresholdExceeded, SystemCounterId.ReceiverCycleTimeThresholdExceeded])
            {
                Assert.That(counters.Label((int)id), Does.Contain("threshold=100ms"));
                Assert.That(counters.Value((int)id), Is.EqualTo(expected), $"{id}");
            }
        }
    }
}

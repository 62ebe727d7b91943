using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests.Linked;

/// <summary>The engine's side of the link against a scripted gateway: who is welcome, what is refused with the reason, and nothing allocated a message.</summary>
[TestFixture]
internal sealed class PortTests
{
    [Test]
    public void A_request_out_and_a_report_in_allocate_nothing()
    {
        using var rig = new PortRig();
        rig.Welcome();
        OutputSlot order = PortRig.NewOrder();
        long Round()
        {
            long allocated = 0;
            for (int i = 0; i < 1_000; i++)
            {
                rig.Report();
                rig.World.Step();
                long before = GC.GetAllocatedBytesForCurrentThread();
                rig.Port.TakeOutput(ref order);
                rig.Port.DoWork();
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                rig.Drain();
            }

            return allocated;
        }

        Round();
        Round();
        long least = long.MaxValue;
        AllocationCount.LeastOfRounds(() => least = Math.Min(least, Round()));
        Assert.That(least, Is.Zero);
        Assert.That(rig.Port.Counters.Reports, Is.GreaterThan(6_000));
    }

    [TestCase("version", DoorReason.ProtocolVersion)]
    [TestCase("venue", DoorReason.UnknownVenue)]
    [TestCase("shard", DoorReason.OtherShard)]
    [TestCase("epoch", DoorReason.OtherShard)]
    [TestCase("reports", DoorReason.LostMemory)]
    [TestCase("requests", DoorReason.LostMemory)]
    public void A_gateway_of_another_run_is_refused_with_the_reason(string what, DoorReason reason)
    {
        using var rig = new PortRig(lastReport: what == "reports" ? 5UL : 0);
        rig.Hello(
            venue: (ushort)(what == "venue" ? 2 : 1),
            version: (ushort)(what == "version" ? 9 : 1),
            shard: (ushort)(what == "shard" ? 4 : 3),
            epoch: (ushort)(what is "epoch" ? 7 : what is "shard" or "requests" ? 2 : 0),
            lastRequest: what == "requests" ? 3UL : 0,
            lastReport: what == "reports" ? 4UL : 0);
        GatewayWelcomeDecoder answer = rig.AwaitWelcome();
        Assert.That((answer.Status, answer.Reason), Is.EqualTo((DoorStatus.Refused, reason)));
        Assert.That((rig.Port.State, rig.Port.Counters.Refusals), Is.EqualTo((PortState.Waiting, 1L)));
        Assert.That(rig.News, Has.Some.Contains(reason.ToString()));
    }

    [Test]
    public void A_second_gateway_is_refused_while_the_first_is_heard()
    {
        using var rig = new PortRig();
        rig.Welcome();
        using ExclusivePublication other = rig.Client.AddExclusivePublication(PortRig.Reports, 2002);
        rig.World.StepUntil(() => other.IsConnected, TimeSpan.FromSeconds(5), "connected");
        rig.Hello(on: other, journal: 99);
        Assert.That(rig.AwaitWelcome().Reason, Is.EqualTo(DoorReason.AlreadyServed));
        Assert.That(rig.Port.State, Is.EqualTo(PortState.Connected));
    }

    [Test]
    public void A_report_that_came_before_is_passed_over_and_a_gap_makes_a_new_welcome()
    {
        using var rig = new PortRig();
        rig.Welcome();
        rig.Report(1);
        rig.Report(1);
        rig.Report(3);
        rig.StepUntil(() => rig.Port.Counters.Gaps == 1, "the gap");
        Assert.That((rig.Port.LastReport, rig.Port.Counters.ReportsAgain), Is.EqualTo((1UL, 1L)));
        Assert.That(rig.AwaitWelcome().LastReport, Is.EqualTo(1UL));
    }

    // Found by the crash campaign: a hello that was said twice, and then a report, came together; the second hello seemed to know too little.
    [Test]
    public void A_hello_that_was_said_twice_is_answered_before_the_reports_behind_it()
    {
        using var rig = new PortRig();
        rig.Hello();
        rig.StepUntil(() => rig.Port.State == PortState.Connected, "connected");
        rig.Hello();
        rig.Report(1);
        rig.StepUntil(() => rig.Port.LastReport == 1, "the report");
        Assert.That((rig.Port.Counters.Refusals, rig.Port.Counters.Welcomes), Is.EqualTo((0L, 2L)), string.Join('\n', rig.News));
    }

    [Test]
    public void A_malformed_report_ends_the_link_and_says_why()
    {
        using var rig = new PortRig();
        rig.Welcome();
        rig.Report(1, venue: 2);
        rig.StepUntil(() => rig.Port.State == PortState.Waiting, "lost");
        GatewayWelcomeDecoder answer = rig.AwaitWelcome();
        Assert.That((answer.Reason, rig.Port.LastReport), Is.EqualTo((DoorReason.Malformed, 0UL)));
        Assert.That(rig.News, Has.Some.Contains("of venue 2, not of 1"));
    }

    [Test]
    public void A_silent_gateway_becomes_a_venue_that_is_down_and_up_again()
    {
        using var rig = new PortRig();
        rig.Welcome();
        rig.StepUntil(() => rig.Inputs.Count > 0, "down", seconds: 30);
        Assert.That(VenueStatusDecoder.WrapForDecodeAndApplyHeader(rig.Inputs[0]).Connected, Is.EqualTo(YesNo.No));
        rig.Welcome();
        rig.StepUntil(() => rig.Inputs.Count > 1, "up");
        Assert.That(VenueStatusDecoder.WrapForDecodeAndApplyHeader(rig.Inputs[1]).Connected, Is.EqualTo(YesNo.Yes));
    }

    [Test]
    public void A_full_input_ring_leaves_the_report_with_the_gateway()
    {
        using var rig = new PortRig(ringLength: 2) { KeepsRingFull = true };
        rig.Welcome();
        for (ulong number = 1; number <= 5; number++)
        {
            rig.Report(number);
        }

        rig.StepUntil(() => rig.Port.LastReport == 2, "two fit");
        for (int i = 0; i < 100; i++)
        {
            rig.Step();
        }

        Assert.That(rig.Port.LastReport, Is.EqualTo(2UL));
        rig.KeepsRingFull = false;
        rig.StepUntil(() => rig.Port.LastReport == 5, "the rest");
        Assert.That(rig.Inputs, Has.Count.EqualTo(5));
    }
}

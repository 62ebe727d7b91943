using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class TimeInForceTests
{
    private const long Day = 86_400_000_000_000;
    private const long Hour = Day / 24;

    [Test]
    [Description("R62")]
    public void Good_till_a_date_expires_at_that_instant_and_not_before()
    {
        VenueOrder order = Limit(1, OrderSide.Buy, 10, 100, VenueTimeInForce.GoodTillDate) with { ExpireAtNanos = 50 };
        VenueRun run = new VenueRun().Give(Quote(0, 99, 10, 101, 20)).Submit(order, 1).Give(Quote(49, 99, 10, 100, 4)).Give(Quote(50, 99, 10, 100, 6)).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill Expired:TimeIsUp"));
        Assert.That((run.Last.TimeNanos, run.Last.CumulativeQuantity, run.Last.LeavesQuantity), Is.EqualTo((50L, Q(4), Q(0))));
    }

    [TestCase(2, "Rejected:ExpiryInThePast")]
    [TestCase(3, "Accepted Expired:TimeIsUp")]
    public void A_date_that_has_passed_on_arrival_is_refused(long expireAt, string expected)
    {
        VenueOrder order = Limit(1, OrderSide.Buy, 10, 100, VenueTimeInForce.GoodTillDate) with { ExpireAtNanos = expireAt };
        Assert.That(new VenueRun().Submit(order, 1).Finish().StoryText(), Is.EqualTo(expected));
    }

    [TestCase(0L, 0L, Day)]
    [TestCase(0L, (3 * Day) + 1, 4 * Day)]
    [TestCase(22 * Hour, 3 * Day, (3 * Day) + (22 * Hour))]
    [TestCase(22 * Hour, (3 * Day) + (23 * Hour), (4 * Day) + (22 * Hour))]
    [TestCase(22 * Hour, (3 * Day) + (22 * Hour) - 1, (4 * Day) + (22 * Hour))]
    public void A_day_order_expires_at_the_next_end_of_the_venues_day(long dayEnd, long sentAt, long expected)
    {
        VenueRun run = new VenueRun(DefaultOptions with { DayEndNanos = dayEnd }).Submit(Limit(1, OrderSide.Buy, 10, 100, VenueTimeInForce.Day), sentAt)
            .Finish();
        Assert.That((run.StoryText(), run.Last.TimeNanos), Is.EqualTo(("Accepted Expired:TimeIsUp", expected)), "it arrives a nanosecond after it was sent");
    }

    [Test]
    public void What_has_ended_does_not_expire_and_its_slot_is_free_for_another()
    {
        VenueOrder dated = Limit(1, OrderSide.Buy, 10, 100, VenueTimeInForce.GoodTillDate) with { ExpireAtNanos = 50 };
        VenueRun run = new VenueRun(DefaultOptions with { MaxOpenOrders = 1 }).Submit(dated, 1).Cancel(1, 5).Submit(Limit(2, OrderSide.Buy, 10, 100), 6)
            .Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Cancelled Accepted"));
        Assert.That(run.View(2).LeavesQuantity, Is.EqualTo(Q(10)));
    }
}

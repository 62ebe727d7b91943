using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Runtime.Tests.WhatIf;

/// <summary>Requests that name orders by their ids, which are other ones in another world; and several venues.</summary>
internal sealed class RequestTests
{
    [TestCase(1)]
    [TestCase(2)]
    public void Without_a_change_a_journal_of_requests_is_what_was_recorded(int venues)
    {
        using var folder = new JournalFolder();
        string digest = Record(folder, venues);
        WhatIfAnswer answer = Ask(folder);
        Assert.That(answer.Distance.RecordedDigest, Is.EqualTo(digest));
        Assert.That(answer.Distance.BaselineDigest, Is.EqualTo(digest));
        Assert.That(answer.IsEmpty, Is.True);
        Assert.That(answer.Baseline.Fills, Is.GreaterThanOrEqualTo(venues));
    }

    [Test]
    public void A_record_that_the_journal_does_not_have_moves_all_ids_and_cancels_still_find_their_orders()
    {
        using var folder = new JournalFolder();
        Record(folder, 2);

        // The client has no limits: theirs come behind it, and every input after them has another number.
        WhatIfAnswer answer = Ask(folder, "clients.ikenna.risk.max_open_orders=50");
        Assert.That(answer.Changed.OutputDigest, Is.Not.EqualTo(answer.Baseline.OutputDigest));
        Assert.That(answer.Orders.Select(WhatIfText.Of), Is.Empty);
        Assert.That(answer.IsEmpty, Is.True);
        Assert.That(answer.LeftOut.RequestsWithoutOrder, Is.Zero);
    }

    [Test]
    public void A_cancel_of_an_order_that_is_not_there_is_left_out_and_counted()
    {
        using var folder = new JournalFolder();
        Record(folder, 1);
        WhatIfAnswer answer = Ask(folder, "clients.ikenna.risk.max_open_orders=0");
        Assert.That(answer.Changed.Orders, Is.Zero);
        Assert.That(answer.LeftOut.RequestsWithoutOrder, Is.EqualTo(3), "two cancels and an amend; the third cancel names what never was");
        Assert.That(answer.Steps[0].Any.Reason, Is.EqualTo(ReasonCode.OpenOrderLimit));
        Assert.That(answer.Orders.All(static order => order.Kind == OrderDifferenceKind.OnlyBaseline), Is.True);
        Assert.That(answer.Orders[0].IsDirect, Is.True);
    }

    [Test]
    public void A_venue_is_named_where_there_are_several()
    {
        using var folder = new JournalFolder();
        Record(folder, 2);
        var wrong = Assert.Throws<WhatIfException>(() => Ask(folder, "venue.latency_ms=5"));
        Assert.That(wrong!.Message, Does.Contain("venues.<name>.latency_ms").And.Contain("venue1, venue2"));
        WhatIfAnswer answer = Ask(folder, "venues.venue2.latency_ms=900");
        Assert.That(answer.Orders.Select(static order => order.Any.Cause.InstrumentId).Distinct(), Is.EqualTo(new[] { 2u }));
        Assert.That(answer.Orders[0].Kind, Is.EqualTo(OrderDifferenceKind.Outcome));
    }

    private static string Record(JournalFolder folder, int venues)
    {
        using JournalWriter journal = folder.Create();
        var world = new RequestedWorld(journal, venues);
        for (uint venue = 1; venue <= venues; venue++)
        {
            world.Trade(venue, 100_000);
        }

        for (uint venue = 1; venue <= venues; venue++)
        {
            ulong far = world.Submit(venue, 90_000, Side.Buy);
            ulong near = world.Submit(venue, 99_990, Side.Buy);
            world.Trade(venue, 100_010);
            world.Amend(far, 99_000);
            world.Trade(venue, 99_950);
            world.Cancel(near);
            world.Cancel(far);
            world.Trade(venue, 98_000);
            world.Cancel(venue);
        }

        world.End();
        return world.Digest;
    }

    private static WhatIfAnswer Ask(JournalFolder folder, params string[] changes) =>
        WhatIfRunner.Open(Path.Combine(folder.Path, "journal"), new JournalReaderOptions(), new ScenarioVenues(RequestedWorld.Scenario.Venue()))
            .Ask([.. changes.Select(SettingChange.Parse)]);
}

using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>Funding of perpetuals as news of the venue (T18).</summary>
internal sealed class FundingTests
{
    private const long Hour = 3_600_000_000_000;

    private static SimulatedVenueOptions With(FundingOptions funding) => DefaultOptions with { Instruments = [DefaultInstrument with { Funding = funding }] };

    private static IEnumerable<VenueReport> Fundings(VenueRun run) => run.Reports.Where(r => r.Kind == VenueReportKind.Funding);

    [Test]
    public void Every_eight_hours_of_a_day_of_bars_has_its_funding()
    {
        VenueRun run = new VenueRun(With(new FundingOptions { Rate = R(0.0003m) }));
        for (int hour = 1; hour < 25; hour++)
        {
            run.Give(Bar(hour * Hour, (hour + 1) * Hour, 100 + hour, 200, 50, 101 + hour));
        }

        run.AdvanceTo(25 * Hour);
        Assert.That(Fundings(run).Select(r => (r.FundingNanos / Hour, r.FundingRate, r.InstrumentId)),
            Is.EqualTo(new[] { (8L, R(0.0003m), Instrument), (16L, R(0.0003m), Instrument), (24L, R(0.0003m), Instrument) }));
    }

    [Test]
    public void One_long_bar_has_all_the_fundings_inside_it()
    {
        VenueRun run = new VenueRun(With(new FundingOptions())).Give(Bar(0, 24 * Hour, 100, 112, 92, 104)).AdvanceTo(24 * Hour);
        Assert.That(Fundings(run).Select(r => r.FundingNanos / Hour), Is.EqualTo(new long[] { 8, 16, 24 }));
        Assert.That(Fundings(run).Select(r => r.LastPrice), Is.EqualTo(new[] { P(92), P(112), P(0) }), "the turns of the path; at the close the bar is over");
    }

    [Test]
    public void With_trades_the_mark_is_the_last_price_and_the_end_of_the_data_has_one_funding_at_most()
    {
        VenueRun run = new VenueRun(With(new FundingOptions())).Give(Trade(Hour, 100, 1)).Give(Trade(7 * Hour, 103, 1)).Finish();
        Assert.That(Fundings(run).Select(r => (r.FundingNanos, r.LastPrice)), Is.EqualTo(new[] { (8 * Hour, P(103)) }));
        Assert.That(run.Venue.NextEventTimeNanos, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void Rates_are_seeded_by_instrument_and_within_the_cap()
    {
        var funding = new FundingOptions { IntervalNanos = 60_000_000_000, Rate = R(0.0001m), Deviation = R(0.004m), Cap = R(0.005m) };
        Ratio[] rates = Rates(With(funding));
        VenueInstrument other = new() { InstrumentId = 1, Funding = funding };
        Assert.That(Rates(With(funding) with { Instruments = [other, DefaultInstrument with { Funding = funding }] }), Is.EqualTo(rates));
        Assert.That(Rates(With(funding) with { Seed = 1 }), Is.Not.EqualTo(rates));
        Assert.That(rates, Has.Length.EqualTo(1440).And.All.InRange(R(-0.005m), R(0.005m)));
        Assert.That(rates.Average(rate => (double)rate.Raw) / FixedPoint.One, Is.InRange(-0.0003, 0.0005));
        Assert.That(rates.Distinct().Count(), Is.GreaterThan(1000));
    }

    [Test]
    public void A_venue_without_perpetuals_has_no_funding() =>
        Assert.That(new VenueRun().Give(Bar(0, 24 * Hour, 100, 112, 92, 104)).Finish().Reports, Is.Empty);

    [TestCase(1L, "IntervalNanos")]
    public void Wrong_funding_options_are_named(long interval, string expected) =>
        Assert.That(() => new SimulatedVenue(With(new FundingOptions { IntervalNanos = interval })), Throws.ArgumentException.With.Message.Contains(expected));

    private static Ratio[] Rates(SimulatedVenueOptions options) =>
        [.. Fundings(new VenueRun(options).Give(Bar(0, 24 * Hour, 100, 112, 92, 104)).AdvanceTo(24 * Hour)).Select(r => r.FundingRate)];
}

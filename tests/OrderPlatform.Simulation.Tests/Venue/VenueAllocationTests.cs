using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class VenueAllocationTests
{
    [Test]
    public void Steady_trading_allocates_nothing([Values] MarketEventKind kind)
    {
        SimulatedVenue venue = new(DefaultOptions with
        {
            MaxOpenOrders = 8,
            MatchOwnOrders = true,
            Instruments = [DefaultInstrument with { PriceProtectionTicks = 5_000, Funding = new FundingOptions() }],
            Commission = new CommissionOptions(CommissionAsset.Received),
            MaxClosedOrders = 16,
            FillProbability = R(0.7m),
            Slippage = SlippageModel.FixedRate(R(0.001m)),
        });
        long time = Run(venue, kind, 0, 2_000, out _);
        int fills = 0;
        long allocatedBytes = AllocationCount.LeastOfRounds(() => time = Run(venue, kind, time, 5_000, out fills));
        Assert.That(allocatedBytes, Is.Zero);
        Assert.That(fills, Is.GreaterThan(2_000), "the loop really trades");
    }

    private static long Run(SimulatedVenue venue, MarketEventKind kind, long time, int rounds, out int fills)
    {
        fills = 0;
        for (int i = 0; i < rounds; i++)
        {
            Give(venue, EventAt(kind, time, 100 + (i % 3)), time, ref fills);
            ulong id = (ulong)time;
            venue.Submit(Market(id, OrderSide.Buy, 3), time);
            venue.Submit(Limit(id + 1, OrderSide.Sell, 3, 101), time);
            venue.Submit(Limit(id + 2, OrderSide.Buy, 3, 90.005m), time);
            venue.Submit(Trailing(id + 3, OrderSide.Sell, 2, 0.01m) with { TimeInForce = VenueTimeInForce.Day }, time);
            venue.Submit(Limit(id + 4, OrderSide.Buy, 3, 101) with { DisplayQuantity = Q(1), SelfTradePrevention = SelfTradePrevention.Decrement }, time);
            venue.Submit(Limit(id + 5, OrderSide.Sell, 3, 104) with { ReduceOnly = true, PostOnly = true }, time);
            venue.Amend(id + 1, Q(2), P(100.5m), time + 3);
            venue.Cancel(id + 1, time + 600);
            venue.Cancel(id, time + 610);
            venue.Cancel(id + 3, time + 620);
            venue.Cancel(id + 4, time + 620);
            venue.Cancel(id + 5, time + 620);
            if (kind != MarketEventKind.Bar)
            {
                Give(venue, EventAt(kind, time + 300, 102), time + 300, ref fills);
            }

            time += 1200;
        }

        return time;
    }

    private static MarketEvent EventAt(MarketEventKind kind, long time, int price) => kind switch
    {
        MarketEventKind.Bar => MarketEvent.Bar(time, time + 1200, new Price(price * FixedPoint.One), P(112), P(92), P(101), Q(40)),
        MarketEventKind.Trade => MarketEvent.Trade(time, new Price(price * FixedPoint.One), Q(4), Aggressor.Unknown, 1),
        _ => MarketEvent.TopOfBook(time, P(99), Q(4), new Price(price * FixedPoint.One), Q(4)),
    };

    private static void Give(SimulatedVenue venue, MarketEvent e, long time, ref int fills)
    {
        while (venue.TryAdvance(time, out VenueReport report))
        {
            fills += report.Kind == VenueReportKind.Fill ? 1 : 0;
        }

        venue.OnMarketEvent(Instrument, in e);
    }
}

using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class CostTests
{
    private static readonly MarketEvent TheQuote = Quote(0, 99, 10, 100, 20);

    [Test]
    public void A_taker_pays_the_taker_fee_and_a_maker_the_maker_fee_on_the_value()
    {
        VenueRun run = new VenueRun(DefaultOptions with { TakerFee = R(0.001m), MakerFee = R(-0.0002m) }).Give(TheQuote)
            .Submit(Market(1, OrderSide.Buy, 3), 1).Submit(Limit(2, OrderSide.Sell, 3, 101), 2).Give(Trade(10, 102, 5, Aggressor.Buy)).Finish();
        Assert.That(run.Fills.Select(f => (f.IsMaker, f.Fee)), Is.EqualTo(new[] { (false, new Money(P(0.3m).Raw)), (true, new Money(P(-0.0606m).Raw)) }));
    }

    [Test]
    public void A_fee_is_rounded_half_away_from_zero()
    {
        SimulatedVenueOptions options = DefaultOptions with
        {
            TakerFee = R(0.5m),
            Instruments = [new VenueInstrument { InstrumentId = Instrument }],
        };
        VenueRun run = new VenueRun(options).Submit(Market(1, OrderSide.Buy, 1), 0).Give(Trade(5, 0.00000003m, 1)).Finish();
        Assert.That(run.Last.Fee, Is.EqualTo(new Money(2)), "half of 3 units");
    }

    [TestCase(OrderSide.Buy, "4@100.05 t2")]
    [TestCase(OrderSide.Sell, "4@98.95 t2")]
    public void Fixed_slippage_moves_a_taker_against_itself_to_the_next_tick(OrderSide side, string expected)
    {
        VenueRun run = new VenueRun(DefaultOptions with { Slippage = SlippageModel.FixedRate(R(0.00041m)) }).Give(TheQuote).Submit(Market(1, side, 4), 1)
            .Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
    }

    [Test]
    public void Slippage_never_passes_the_limit()
    {
        VenueRun run = new VenueRun(DefaultOptions with { Slippage = SlippageModel.FixedRate(R(0.01m)) }).Give(TheQuote)
            .Submit(Limit(1, OrderSide.Buy, 4, 100.3m), 1).Submit(Limit(2, OrderSide.Sell, 4, 98.9m), 2).Finish();
        Assert.That(run.FillText(), Is.EqualTo("4@100.3 t2; 4@98.9 t3"));
    }

    [Test]
    public void A_maker_has_no_slippage()
    {
        VenueRun run = new VenueRun(DefaultOptions with { Slippage = SlippageModel.FixedRate(R(0.01m)) }).Give(TheQuote)
            .Submit(Limit(1, OrderSide.Buy, 4, 99.5m), 1).Give(Quote(10, 99, 1, 99.5m, 4)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("4@99.5 t10 M"));
    }

    [Test]
    public void Even_the_largest_slippage_leaves_a_sell_one_tick()
    {
        VenueRun run = new VenueRun(DefaultOptions with { Slippage = SlippageModel.FixedRate(R(1)) }).Give(TheQuote)
            .Submit(Market(1, OrderSide.Sell, 1), 1).Finish();
        Assert.That(run.Last.LastPrice, Is.EqualTo(P(0.01m)));
    }

    [Test]
    public void The_models_have_their_formulas()
    {
        var meets = new SlippageInput(P(200), Q(5), Q(50), P(0.01m));
        SlippageModel volume = SlippageModel.Volume(R(0.02m));
        SlippageModel spread = SlippageModel.HalfSpread(3);
        Assert.Multiple(() =>
        {
            Assert.That(SlippageModel.None.Offset(in meets), Is.EqualTo(P(0)));
            Assert.That(SlippageModel.FixedRate(R(0.0005m)).Offset(in meets), Is.EqualTo(P(0.1m)));
            Assert.That(volume.Offset(in meets), Is.EqualTo(P(0.4m)), "200 × 0.02 × 5 / 50");
            Assert.That(volume.Offset(meets with { Volume = Q(0) }), Is.EqualTo(P(4)), "no volume counts as all of it");
            Assert.That(spread.Offset(in meets), Is.EqualTo(P(0.03m)));
            Assert.That(SlippageModel.Hybrid(volume, spread).Offset(in meets), Is.EqualTo(P(0.43m)));
            Assert.That(SlippageModel.HalfSpread(1_000_000).Offset(meets with { Tick = new Price(long.MaxValue) }), Is.EqualTo(new Price(long.MaxValue)));
        });
    }

    [Test]
    public void With_bars_slippage_starts_from_the_path_price()
    {
        VenueRun run = new VenueRun(DefaultOptions with { Slippage = SlippageModel.Volume(R(0.1m)) }).Give(Bar(0, 1200, 100, 112, 92, 104, 400))
            .Submit(Market(1, OrderSide.Buy, 40), 199).Finish();
        Assert.That(run.FillText(), Is.EqualTo("40@96.96 t200"), "96 + 96 × 0.1 × 40 / 400");
    }
}

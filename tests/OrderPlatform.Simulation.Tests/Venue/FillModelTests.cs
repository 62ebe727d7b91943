using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>The three fill models and the five slippage models.</summary>
internal sealed class FillModelTests
{
    [TestCase(FillModel.Aggressive, "10@100 t10 M", Description = "R138")]
    [TestCase(FillModel.Realistic, "4@100 t10 M", Description = "R138: 12 less 8 ahead")]
    [TestCase(FillModel.Conservative, "", Description = "R138")]
    public void A_trade_at_the_limit(FillModel model, string expected)
    {
        VenueRun run = new VenueRun(DefaultOptions.With(model)).Give(Quote(0, 100, 8, 101, 8)).Submit(Limit(1, OrderSide.Buy, 10, 100), 1)
            .Give(Trade(10, 100, 12, Aggressor.Sell)).Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
    }

    [TestCase(FillModel.Aggressive, "10@92 t400 M")]
    [TestCase(FillModel.Realistic, "")]
    [TestCase(FillModel.Conservative, "")]
    public void A_bar_whose_low_is_the_limit(FillModel model, string expected)
    {
        VenueRun run = new VenueRun(DefaultOptions.With(model)).Give(Bar(0, 1200, 100, 112, 92, 104)).Submit(Limit(1, OrderSide.Buy, 10, 92), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
    }

    [TestCase(FillModel.Aggressive, "300@96 t200")]
    [TestCase(FillModel.Realistic, "150@96 t200; 150@94 t300")]
    [TestCase(FillModel.Conservative, "30@106 t200; 30@109 t300; 30@102 t600; 30@95 t900")]
    public void A_market_order_in_a_bar_of_1200(FillModel model, string expected)
    {
        VenueRun run = new VenueRun(DefaultOptions.With(model)).Give(Bar(0, 1200, 100, 112, 92, 104, 1200)).Submit(Market(1, OrderSide.Buy, 300), 199).Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
    }

    [TestCase("none", 0)]
    [TestCase("fixed", 0.1)]
    [TestCase("volume", 0.4)]
    [TestCase("spread", 0.03)]
    [TestCase("hybrid", 0.43)]
    [Description("R139")]
    public void The_five_slippage_models(string name, decimal expected)
    {
        SlippageModel volume = SlippageModel.Volume(R(0.02m));
        SlippageModel spread = SlippageModel.HalfSpread(3);
        SlippageModel model = name switch
        {
            "none" => SlippageModel.None,
            "fixed" => SlippageModel.FixedRate(R(0.0005m)),
            "volume" => volume,
            "spread" => spread,
            _ => SlippageModel.Hybrid(volume, spread),
        };
        Assert.That(model.Offset(new SlippageInput(P(200), Q(5), Q(50), P(0.01m))), Is.EqualTo(P(expected)));
    }

    [Test]
    public void A_model_that_does_not_exist_is_refused() =>
        Assert.That(() => DefaultOptions.With((FillModel)9), Throws.TypeOf<ArgumentOutOfRangeException>());
}

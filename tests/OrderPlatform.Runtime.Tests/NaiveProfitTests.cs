using OrderPlatform.Analytics;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Tests;

/// <summary>
/// Recomputes a run's profit trade by trade with decimals, from its fills alone, by the words of D20: average cost, a fill that crosses zero closes at the old
/// average and opens the rest at its price, fees apart, money rounded half away from zero at eight decimals. It agrees exactly.
/// </summary>
[TestFixture]
internal sealed class NaiveProfitTests
{
    private static IEnumerable<TestCaseData> RealMonths()
    {
        string[] months =
        [
            "klines_1m_binance_spot_BTCUSDT_2021-04-20_2021-05-20.csv.gz",
            "klines_1m_binance_spot_BTCUSDT_2021-11-11_2021-12-11.csv.gz",
            "klines_1m_binance_spot_BTCUSDT_2023-03-16_2023-05-01.csv.gz",
            "klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01.csv.gz",
            "klines_1m_binance_spot_ETHUSDT_2023-03-16_2023-05-01.csv.gz",
        ];
        return months.Select(static month => new TestCaseData(month).SetArgDisplayNames(month[18..40]));
    }

    [TestCaseSource(nameof(RealMonths))]
    public void A_real_month_recomputed_trade_by_trade_agrees_exactly(string file)
    {
        string? folder = ReferenceData.Market;
        if (folder is null)
        {
            Assert.Ignore("../shared/reference/market is not there: the real months are not part of the repository");
        }

        Check(new Scenario { FastPeriod = 10, SlowPeriod = 30, Source = () => MarketDataFiles.Open(Path.Combine(folder!, file)) });
    }

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void A_generated_run_recomputed_trade_by_trade_agrees_exactly(Scenario scenario) => Check(scenario);

    [Test]
    public void The_months_that_the_issue_names_are_there_in_CI()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Ignore("only CI must have ../shared/reference/market");
        }

        Assert.That(ReferenceData.Market, Is.Not.Null);
    }

    private static void Check(Scenario scenario)
    {
        RunRecord run = Runs.Backtest(scenario).Record;
        var naive = new NaiveBook();
        foreach (FillRecord fill in run.Fills)
        {
            naive.Apply(fill);
            Assert.That(naive.LastRealised, Is.EqualTo(Decimal(fill.RealisedPnl.Raw)), $"realised by {fill}");
            Assert.That(naive.Position, Is.EqualTo(Decimal(fill.PositionAfter.Raw)), $"position after {fill}");
        }

        Assert.That(run.Trades, Is.Not.Empty);
        Assert.That(naive.Trades, Has.Count.EqualTo(run.Trades.Count));
        for (int i = 0; i < run.Trades.Count; i++)
        {
            TradeRecord trade = run.Trades[i];
            Assert.That(naive.Trades[i], Is.EqualTo((Decimal(trade.GrossPnl.Raw), Decimal(trade.Fees.Raw))), $"{trade}");
        }

        decimal mark = Decimal(run.Prices[^1].Price.Raw);
        Assert.That(Decimal(run.RealisedPnl.Raw), Is.EqualTo(naive.Realised));
        Assert.That(Decimal(run.Fees.Raw), Is.EqualTo(naive.Fees));
        Assert.That(Decimal(run.FinalEquity.Raw), Is.EqualTo(100_000m + naive.Cash + Money(naive.Position * mark)));
    }

    private static decimal Decimal(long raw) => raw / 100_000_000m;

    private static decimal Money(decimal value) => Math.Round(value, 8, MidpointRounding.AwayFromZero);

    private sealed class NaiveBook
    {
        private decimal _cost;
        private decimal _roundRealised;
        private decimal _roundFees;

        public decimal Position { get; private set; }

        public decimal Cash { get; private set; }

        public decimal Realised { get; private set; }

        public decimal Fees { get; private set; }

        public decimal LastRealised { get; private set; }

        public List<(decimal Gross, decimal Fees)> Trades { get; } = [];

        public void Apply(FillRecord fill)
        {
            decimal price = Decimal(fill.Price.Raw);
            decimal quantity = Decimal(fill.Quantity.Raw) * (fill.IsBuy ? 1 : -1);
            decimal fee = Decimal(fill.Fee.Raw);
            decimal value = Money(price * quantity);
            Cash -= value + fee;
            Fees += fee;
            decimal before = Realised;
            bool closes = Position != 0 && Math.Sign(Position) != Math.Sign(quantity);
            decimal closing = closes ? -Math.Sign(Position) * Math.Min(Math.Abs(Position), Math.Abs(quantity)) : 0;
            decimal opening = quantity - closing;
            decimal closingValue = opening == 0 ? value : Money(price * closing);
            decimal closingFee = opening == 0 ? fee : closes ? Money(fee * Math.Abs(closing) / Math.Abs(quantity)) : 0;
            if (closes)
            {
                Close(closing, closingValue, closingFee);
            }

            if (opening != 0)
            {
                Position += opening;
                _cost += value - closingValue * (closes ? 1 : 0);
                _roundFees += closes ? fee - closingFee : fee;
            }

            LastRealised = Realised - before;
        }

        private void Close(decimal closing, decimal value, decimal fee)
        {
            decimal share = -closing == Position ? _cost : Money(_cost * Math.Abs(closing) / Math.Abs(Position));
            decimal profit = -value - share;
            Realised += profit;
            _roundRealised += profit;
            _roundFees += fee;
            _cost -= share;
            Position += closing;
            if (Position == 0)
            {
                Trades.Add((_roundRealised, _roundFees));
                _roundRealised = 0;
                _roundFees = 0;
            }
        }
    }
}

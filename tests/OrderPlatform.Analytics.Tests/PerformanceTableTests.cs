namespace OrderPlatform.Analytics.Tests;

internal sealed class PerformanceTableTests
{
    private const long Hour = 3_600_000_000_000;

    private static readonly PerformanceDimension[] Dimensions = Enum.GetValues<PerformanceDimension>();

    [Test]
    [Description("R94, R102")]
    public void Rows_of_every_dimension_add_up_to_the_whole([ValueSource(nameof(Dimensions))] PerformanceDimension dimension)
    {
        RunRecord run = SampleRun.MakeSeveral(days: 5, trades: 100);
        var table = PerformanceTable.From(run);
        IReadOnlyList<PerformanceRow> rows = table.By(dimension);
        Assert.That(rows.Select(static r => r.Key.Name), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
        Assert.That(rows.Sum(static r => r.Trades.Count), Is.EqualTo(run.Trades.Count));
        Assert.That(rows.Sum(static r => r.Trades.All.NetPnl.Raw), Is.EqualTo(run.Trades.Sum(static t => t.NetPnl.Raw)));
        Assert.That(rows.Sum(static r => r.Orders.Count), Is.EqualTo(run.Orders.Count));
        Assert.That(rows.Sum(static r => r.Orders.Refused), Is.EqualTo(run.Refusals.Count));
        Assert.That(rows.Sum(static r => r.Orders.TradedValue.Raw), Is.EqualTo(table.Overall.Orders.TradedValue.Raw));
        Assert.That(rows.Sum(static r => r.Orders.DecisionCost.Cost.Raw), Is.EqualTo(table.Overall.Orders.DecisionCost.Cost.Raw));
    }

    [Test]
    [Description("R94: win rate overall and long/short, exchange performance")]
    public void A_row_is_that_of_its_name_alone()
    {
        RunRecord run = SampleRun.MakeSeveral(days: 5, trades: 100);
        PerformanceRow okx = PerformanceTable.From(run).Find(new PerformanceKey(PerformanceDimension.Venue, "okx"))!;
        TradeRecord[] own = [.. run.Trades.Where(static t => t.Venue == "okx")];
        Assert.That(own, Is.Not.Empty);
        Assert.That(okx.Trades.All, Is.EqualTo(TradeStatistics.From(own).All));
        Assert.That(okx.Orders.Count, Is.EqualTo(run.Orders.Count(static o => o.Venue == "okx")));
        Assert.That(PerformanceTable.From(run).Find(new PerformanceKey(PerformanceDimension.Venue, "kraken")), Is.Null);
    }

    [Test]
    public void Sides_are_long_and_short_of_trades_and_buy_and_sell_of_orders()
    {
        IReadOnlyList<PerformanceRow> rows = PerformanceTable.From(SampleRun.Make(days: 5, trades: 100)).By(PerformanceDimension.Side);
        Assert.That(rows.Select(static r => r.Key.Name), Is.EqualTo(new[] { "buy", "long", "sell", "short" }));
        Assert.That(rows.Select(static r => r.Trades.Count > 0), Is.EqualTo(new[] { false, true, false, true }));
        Assert.That(rows.Select(static r => r.Orders.Count > 0), Is.EqualTo(new[] { true, false, true, false }));
    }

    [Test]
    [Description("R99: position exposure")]
    public void Time_in_which_several_trades_were_open_counts_once()
    {
        var table = new PerformanceTable([Trade(2, 5), Trade(0, 3), Trade(2, 3), Trade(7, 8)], [], [], 10 * Hour);
        Assert.That(table.Overall.HeldNanos, Is.EqualTo(6 * Hour));
        Assert.That(table.Overall.Exposure, Is.EqualTo(0.6));
        Assert.That(new PerformanceTable([Trade(0, 3)], [], []).Overall.Exposure, Is.Null, "nobody said how long the run was");
    }

    [Test]
    public void Turnover_is_traded_value_over_mean_equity()
    {
        OrderRecord order = OrderStatisticsTests.Order(1, 1, Messages.OrderStatus.Filled) with { Value = SampleRun.Units(300) };
        RunRecord run = new() { InitialEquity = SampleRun.Units(50), Orders = { order, order } };
        Assert.That(PerformanceTable.From(run).Overall.Turnover, Is.EqualTo(12), "without a curve the initial equity counts");
        run.Equity.Add(default(EquityPoint) with { Equity = SampleRun.Units(100) });
        run.Equity.Add(default(EquityPoint) with { Equity = SampleRun.Units(200) });
        Assert.That(PerformanceTable.From(run).Overall.Turnover, Is.EqualTo(4));
    }

    [Test]
    public void Nothing_gives_one_row_overall_and_none_elsewhere()
    {
        var table = new PerformanceTable([], [], []);
        Assert.That(Dimensions.Select(d => table.By(d).Count), Is.EqualTo(new[] { 1, 0, 0, 0, 0, 0 }));
        Assert.That((table.Overall.Exposure, table.Overall.Turnover), Is.EqualTo(((double?)null, (double?)null)));
    }

    private static TradeRecord Trade(long fromHour, long toHour) =>
        default(TradeRecord) with { EntryTimeNanos = fromHour * Hour, ExitTimeNanos = toHour * Hour };
}

using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics.Tests;

internal sealed class OrderStatisticsTests
{
    private const long Milli = 1_000_000;

    [Test]
    [Description("R95, R98")]
    public void No_orders_give_no_rates_and_no_exceptions()
    {
        var statistics = OrderStatistics.From([]);
        Assert.That(
            new[]
            {
                statistics.FillRatio, statistics.MeanFillRatio, statistics.SuccessRate, statistics.RejectionRate, statistics.RiskPassRate,
                statistics.FeeBasisPoints,
            },
            Is.All.Null);
        Assert.That((statistics.Answer, statistics.FirstFill, statistics.WholeFill),
            Is.EqualTo(((LatencyFigures?)null, (LatencyFigures?)null, (LatencyFigures?)null)));
        Assert.That((statistics.DecisionCost.BasisPoints, statistics.ArrivalCost.BasisPoints), Is.EqualTo(((double?)null, (double?)null)));
    }

    [Test]
    [Description("R94, R95, R98")]
    public void Rates_are_over_what_ended_and_an_order_that_works_counts_for_neither()
    {
        var statistics = OrderStatistics.From(
            [
                Order(10, 10, OrderStatus.Filled), Order(10, 10, OrderStatus.Filled), Order(10, 4, OrderStatus.Cancelled), Order(10, 0, OrderStatus.Rejected),
                Order(10, 0, OrderStatus.Expired), Order(10, 6, OrderStatus.PartiallyFilled), Order(10, 0, OrderStatus.Held),
            ],
            refused: 3);
        Assert.That((statistics.Count, statistics.Ended, statistics.Filled, statistics.PartlyFilled, statistics.Rejected), Is.EqualTo((7, 5, 2, 1, 1)));
        Assert.That(statistics.SuccessRate, Is.EqualTo(0.4));
        Assert.That(statistics.RejectionRate, Is.EqualTo(0.2));
        Assert.That(statistics.RiskPassRate, Is.EqualTo(0.7));
        Assert.That(statistics.FillRatio, Is.EqualTo(30.0 / 70).Within(1e-15));
    }

    [Test]
    [Description("R95")]
    public void Quantities_of_several_symbols_are_not_added()
    {
        var statistics = OrderStatistics.From([Order(1, 1, OrderStatus.Filled), Order(1_000, 500, OrderStatus.Cancelled) with { Instrument = "DOGE-USDT" }]);
        Assert.That(statistics.FillRatio, Is.Null);
        Assert.That(statistics.MeanFillRatio, Is.EqualTo(0.75));
    }

    [Test]
    [Description("R93, R95, R98")]
    public void Waits_are_from_sending_and_a_whole_fill_is_that_of_a_filled_order()
    {
        OrderRecord order = Order(10, 10, OrderStatus.Filled) with
        {
            SentAtNanos = 100 * Milli,
            AnsweredAtNanos = 103 * Milli,
            FirstFillNanos = 105 * Milli,
            LastFillNanos = 140 * Milli,
        };
        var statistics = OrderStatistics.From(
            [
                order, order with { Status = OrderStatus.Cancelled, FirstFillNanos = 115 * Milli }, order with { SentAtNanos = null },
                Order(10, 0, OrderStatus.Rejected),
            ]);
        Assert.That(statistics.Answer, Is.EqualTo(new LatencyFigures(2, 3 * Milli, 3 * Milli, 3 * Milli, 3 * Milli)));
        Assert.That(statistics.FirstFill, Is.EqualTo(new LatencyFigures(2, 10 * Milli, 5 * Milli, 15 * Milli, 15 * Milli)));
        Assert.That(statistics.WholeFill, Is.EqualTo(new LatencyFigures(1, 40 * Milli, 40 * Milli, 40 * Milli, 40 * Milli)));
    }

    [Test]
    [Description("R93, R95, R98")]
    public void Slippage_is_a_cost_above_zero_on_either_side_and_weighs_by_value()
    {
        // Bought 2 at 101 where the mark was 100, sold 1 at 99 where it was 100: 2 + 1 lost of 300.
        OrderRecord buy = Beside(Order(2, 2, OrderStatus.Filled) with { Value = SampleRun.Units(202) }, decision: 100, arrival: 101);
        OrderRecord sell = Beside(Order(1, 1, OrderStatus.Filled) with { Side = Side.Sell, Value = SampleRun.Units(99) }, decision: 100, arrival: 98);
        var statistics = OrderStatistics.From([buy, sell, Order(5, 5, OrderStatus.Filled)]);
        Assert.That(statistics.DecisionCost, Is.EqualTo(new ExecutionCost(2, SampleRun.Units(3), SampleRun.Units(300))),
            "an order without a known price does not count");
        Assert.That(statistics.DecisionCost.BasisPoints, Is.EqualTo(100).Within(1e-12));
        Assert.That(statistics.ArrivalCost.Cost, Is.EqualTo(SampleRun.Units(-1)), "sold better than at sending");
    }

    [Test]
    [Description("R95, R98")]
    public void Fees_are_shown_beside_the_traded_value_and_a_rebate_is_below_zero()
    {
        OrderRecord order = Order(1, 1, OrderStatus.Filled) with { Value = SampleRun.Units(1_000), Fees = SampleRun.Units(1) };
        Assert.That(OrderStatistics.From([order]).FeeBasisPoints, Is.EqualTo(10).Within(1e-12));
        Assert.That(OrderStatistics.From([order with { Fees = SampleRun.Units(-2) }]).FeeBasisPoints, Is.EqualTo(-20).Within(1e-12));
    }

    [TestCase(new long[] { 5 }, 5, 5, 5)]
    [TestCase(new long[] { 4, 1, 3, 2 }, 2, 2, 4)]
    [TestCase(new long[] { 1, 2, 9_000_000_000_000_000_000, 9_000_000_000_000_000_000 }, 4_500_000_000_000_000_000, 2, 9_000_000_000_000_000_000)]
    public void Percentiles_are_values_that_occurred(long[] nanos, long mean, long median, long p99) =>
        Assert.That(LatencyFigures.From(nanos), Is.EqualTo(new LatencyFigures(nanos.Length, mean, median, p99, nanos.Max())));

    [Test]
    public void The_99th_of_a_hundred_is_the_99th_percentile()
    {
        LatencyFigures figures = LatencyFigures.From(Enumerable.Range(1, 100).Select(static i => (long)i).Reverse())!.Value;
        Assert.That((figures.MedianNanos, figures.P99Nanos, figures.MaxNanos), Is.EqualTo((50L, 99L, 100L)));
    }

    internal static OrderRecord Order(long quantity, long filled, OrderStatus status) => new(
        1, 0, "momentum", "BTC-USDT", Side.Buy, OrderType.Market, new Quantity(quantity * FixedPoint.One), default, new Quantity(filled * FixedPoint.One),
        default, default, status, ReasonCode.None, ExitReason.None, 0);

    private static OrderRecord Beside(in OrderRecord order, long decision, long arrival) => order with
    {
        DecisionCost = ExecutionCost.OfSpot(order.Side, order.Filled, order.Value, new Price(decision * FixedPoint.One)),
        ArrivalCost = ExecutionCost.OfSpot(order.Side, order.Filled, order.Value, new Price(arrival * FixedPoint.One)),
    };
}

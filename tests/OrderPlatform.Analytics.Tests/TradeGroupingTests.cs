using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

internal sealed class TradeGroupingTests
{
    private const int Seed = 20261126;

    private static readonly GroupingMethod[] Methods = Enum.GetValues<GroupingMethod>();
    private static readonly LotMatching[] Matchings = Enum.GetValues<LotMatching>();

    [Test]
    [Description("T8, R93")]
    public void At_flat_the_PnL_is_the_sum_of_the_cash_flows_by_every_convention_over_a_million_fills()
    {
        var random = new Random(Seed);
        for (int list = 0; list < 4_000; list++)
        {
            TradeFill[] fills = RandomRound(random, 250);
            long cash = fills.Sum(static fill => fill.Price.Value(fill.Quantity).Raw * (fill.IsBuy ? -1 : 1));
            long fees = fills.Sum(static fill => fill.Fee.Raw);
            GroupingMethod method = Methods[list % Methods.Length];
            LotMatching matching = Matchings[list / Methods.Length % Matchings.Length];
            TradeGrouping grouping = Group(fills, method, matching);
            Assert.That(grouping.Position, Is.EqualTo(Quantity.Zero), $"seed {Seed}, list {list}");
            Assert.That(grouping.Trades.Sum(static one => one.Trade.GrossPnl.Raw), Is.EqualTo(cash), $"seed {Seed}, list {list}, {method}, {matching}");
            Assert.That(grouping.Trades.Sum(static one => one.Trade.Fees.Raw), Is.EqualTo(fees), $"seed {Seed}, list {list}, {method}, {matching}");
        }
    }

    [Test]
    [Description("R93")]
    public void Excursions_from_flat_to_flat_are_what_following_every_price_gives()
    {
        var random = new Random(Seed);
        for (int round = 0; round < 500; round++)
        {
            var grouping = new TradeGrouping(GroupingMethod.FlatToFlat, Matchings[round % 2]);
            bool isLong = random.Next(2) == 0;
            long position = 0, cash = 0, worst = 0, best = 0, fall = 0;
            for (int i = 0; i < 40 || position != 0; i++)
            {
                // Whole units, so that no value is rounded.
                long price = random.Next(50, 150);
                bool isFill = i == 0 || i >= 40 || random.Next(4) == 0;
                bool enters = position == 0 || (i < 40 && random.Next(2) == 0);
                long quantity = enters ? random.Next(1, 5) : Math.Min(position, i < 40 ? Math.Max(1, position - 1) : position);
                if (isFill && (enters || quantity < position || i >= 40))
                {
                    grouping.OnFill(Fill(i, enters == isLong, price * FixedPoint.One, quantity * FixedPoint.One));
                    cash += (enters == isLong ? -price : price) * quantity;
                    position += enters ? quantity : -quantity;
                }
                else
                {
                    grouping.OnMark(new Price(price * FixedPoint.One));
                }

                long pnl = cash + (isLong ? position : -position) * price;
                worst = Math.Min(worst, pnl);
                best = Math.Max(best, pnl);
                fall = Math.Max(fall, best - pnl);
            }

            TradeRecord trade = grouping.Trades.Single().Trade;
            Assert.That(trade.GrossPnl, Is.EqualTo(SampleRun.Units(cash)), $"seed {Seed}, round {round}");
            Assert.That(
                (trade.AdverseExcursion, trade.FavourableExcursion, trade.Drawdown),
                Is.EqualTo(((Money?)SampleRun.Units(worst), (Money?)SampleRun.Units(best), (Money?)SampleRun.Units(fall))), $"seed {Seed}, round {round}");
        }
    }

    [Test]
    public void A_later_entry_does_not_see_the_prices_before_it()
    {
        var grouping = new TradeGrouping(GroupingMethod.FillToFill, LotMatching.OldestFirst);
        grouping.OnFill(Whole(0, true, 10, 1));
        grouping.OnMark(new Price(2 * FixedPoint.One));
        grouping.OnFill(Whole(1, true, 8, 1));
        grouping.OnFill(Whole(2, false, 9, 2));
        TradeRecord later = grouping.Trades[^1].Trade;
        Assert.That((later.AdverseExcursion, later.FavourableExcursion), Is.EqualTo(((Money?)Money.Zero, (Money?)SampleRun.Units(1))));
    }

    [Test]
    public void A_turn_ends_one_trade_and_begins_the_next_at_its_own_price_without_a_fee()
    {
        foreach (GroupingMethod method in Methods)
        {
            var grouping = new TradeGrouping(method, LotMatching.OldestFirst);
            grouping.OnFill(Whole(0, true, 10, 1));
            grouping.OnFill(Whole(1, false, 12, 3));
            grouping.OnFill(Whole(2, true, 11, 2));
            TradeRecord[] trades = [.. grouping.Trades.Select(static one => one.Trade)];
            Assert.That(trades.Select(static t => t.GrossPnl), Is.EqualTo(new[] { SampleRun.Units(2), SampleRun.Units(2) }), $"{method}");
            Assert.That(trades.Select(static t => t.Fees), Is.EqualTo(new[] { SampleRun.Units(2), SampleRun.Units(1) }), $"{method}");
            Assert.That(trades[1].EntryPrice, Is.EqualTo(new Price(12 * FixedPoint.One)), $"{method}");
            Assert.That(trades[1].Side, Is.EqualTo(TradeSide.Short), $"{method}");
        }
    }

    [Test]
    public void Names_are_given_to_every_trade_and_the_statistics_read_them_like_any_other()
    {
        var grouping = new TradeGrouping(GroupingMethod.FillToFill, LotMatching.NewestFirst,
            default(TradeRecord) with { Strategy = "momentum", Venue = "binance" });
        grouping.OnFill(Whole(0, true, 10, 2));
        grouping.OnFill(Whole(1, false, 11, 1));
        grouping.OnFill(Whole(2, false, 9, 1));
        TradeRecord[] trades = [.. grouping.Trades.Select(static one => one.Trade)];
        Assert.That(trades.Select(static t => (t.Number, t.Strategy, t.Venue)), Is.EqualTo(new[] { (1, "momentum", "binance"), (2, "momentum", "binance") }));
        Assert.That(TradeStatistics.From(trades).Excursions.Count, Is.EqualTo(2));
    }

    [Test]
    [Description("R93, T19")]
    public void The_fills_of_a_run_give_the_engines_trades_again_from_flat_to_flat()
    {
        RunRecord run = SampleRun.Make(days: 5, trades: 100);
        IReadOnlyList<TradeRecord> again = RunGrouping.Regroup(run, GroupingMethod.FlatToFlat, LotMatching.OldestFirst);
        Assert.That(again, Has.Count.EqualTo(run.Trades.Count));
        foreach ((TradeRecord mine, TradeRecord engine) in again.Zip(run.Trades))
        {
            Assert.That(
                (mine.Number, mine.Side, mine.EntryTimeNanos, mine.ExitTimeNanos, mine.EntryPrice, mine.ExitPrice, mine.Quantity, mine.Fees, mine.FillCount),
                Is.EqualTo((
                    engine.Number, engine.Side, engine.EntryTimeNanos, engine.ExitTimeNanos, engine.EntryPrice, engine.ExitPrice, engine.Quantity, engine.Fees,
                    engine.FillCount)));

            // The sample rounds once a trade, a grouping once a fill.
            Assert.That(mine.GrossPnl.Raw, Is.EqualTo(engine.GrossPnl.Raw).Within(1));
            Assert.That(mine.AdverseExcursion!.Value.Raw, Is.LessThanOrEqualTo(Math.Min(0, mine.GrossPnl.Raw)));
        }
    }

    [Test]
    public void A_run_is_grouped_by_strategy_and_symbol_apart()
    {
        RunRecord run = SampleRun.Make(days: 5, trades: 100);
        FillRecord[] fills = [.. run.Fills];
        run.Fills.AddRange(fills.Select(static f => f with { Strategy = "mirror", IsBuy = !f.IsBuy }));
        run.Fills.Sort(static (left, right) => left.TimeNanos.CompareTo(right.TimeNanos));
        IReadOnlyList<TradeRecord> trades = RunGrouping.Regroup(run, GroupingMethod.FillToFill, LotMatching.NewestFirst);
        Assert.That(trades.Count(static t => t.Strategy == "mirror"), Is.EqualTo(run.Trades.Count));
        Assert.That(trades.Sum(static t => t.GrossPnl.Raw), Is.Zero, "what one wins the other loses");
        Assert.That(trades.Select(static t => t.Number), Is.EqualTo(Enumerable.Range(1, trades.Count)));
    }

    [Test]
    public void A_fill_of_nothing_is_refused() =>
        Assert.That(
            () => new TradeGrouping(GroupingMethod.FlatToFlat, LotMatching.OldestFirst).OnFill(Fill(0, true, 1, 0)),
            Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_price_too_small_for_its_value_keeps_its_average()
    {
        var grouping = new TradeGrouping(GroupingMethod.FlatToFlat, LotMatching.OldestFirst);
        grouping.OnFill(Fill(0, true, 3, FixedPoint.One / 10));
        grouping.OnFill(Fill(1, false, 5, FixedPoint.One / 10));
        Assert.That(grouping.Trades.Single().Trade.EntryPrice, Is.EqualTo(new Price(3)));
    }

    private static TradeGrouping Group(TradeFill[] fills, GroupingMethod method, LotMatching matching)
    {
        var grouping = new TradeGrouping(method, matching);
        foreach (TradeFill fill in fills)
        {
            grouping.OnFill(fill);
        }

        return grouping;
    }

    /// <summary>Fills of odd prices and quantities that lean back to flat, with one at the end that makes it so.</summary>
    private static TradeFill[] RandomRound(Random random, int count)
    {
        var fills = new TradeFill[count];
        long position = 0;
        for (int i = 0; i < count; i++)
        {
            long size = random.NextInt64(1, 3 * FixedPoint.One);
            bool isBuy = i + 1 == count ? position < 0 : random.Next(4) == 0 ? position > 0 : position <= 0;
            size = i + 1 == count ? Math.Max(1, Math.Abs(position)) : size;
            position += isBuy ? size : -size;
            fills[i] = new TradeFill(i, isBuy, new Price(random.NextInt64(1, 90_000 * FixedPoint.One)), new Quantity(size),
                new Money(random.NextInt64(-1_000, 100_000)), (ulong)i);
        }

        // A last fill of the smallest unit opens what another must close; it is rare, and then the list ends one fill earlier.
        return position == 0 ? fills : fills[..^1];
    }

    private static TradeFill Whole(long nanos, bool isBuy, long price, long quantity) =>
        Fill(nanos, isBuy, price * FixedPoint.One, quantity * FixedPoint.One) with { Fee = SampleRun.Units(1) };

    private static TradeFill Fill(long nanos, bool isBuy, long price, long quantity) =>
        new(nanos, isBuy, new Price(price), new Quantity(quantity), default, (ulong)nanos);
}

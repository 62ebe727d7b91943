using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Generator;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.Generator;

/// <summary>What holds for every generated market, on several seeds and extreme options.</summary>
internal sealed class MarketGeneratorTests
{
    private static readonly MarketGeneratorOptions Day = MarketGeneratorOptions.ForBitcoin() with { DurationMinutes = 1440, OutagesPerMonth = 60 };

    private static readonly MarketGeneratorOptions Hours = Day with { DurationMinutes = 300 };

    private static IEnumerable<MarketGeneratorOptions> Markets()
    {
        yield return Hours;
        yield return Hours with { Seed = 0 };
        yield return Hours with { Seed = ulong.MaxValue };
        yield return MarketGeneratorOptions.ForEther() with { DurationMinutes = 300 };
        yield return Hours with { InitialPrice = new Price(1_000), PriceTick = new Price(1), MinuteVolatility = 0.05, JumpsPerDay = 100, MeanTradesPerMinute = 4 };
        yield return Hours with { InitialPrice = new Price(100_000_000 * FixedPoint.One), MinuteVolatility = 0.05, JumpsPerDay = 100 };
        yield return Hours with { MeanVolume = new Quantity(100), QuantityStep = new Quantity(1), MeanTradesPerMinute = 10_000, DurationMinutes = 20 };
        yield return Hours with { MeanVolume = new Quantity(1_000_000 * FixedPoint.One), QuantityStep = new Quantity(1) };
        yield return Hours with { OutagesPerMonth = 0, JumpsPerDay = 0, MinuteVolatility = 0.00001, PriceTick = new Price(FixedPoint.One) };
    }

    [TestCase(MarketEventKind.Bar, "bitcoin", 2626775569u)]
    [TestCase(MarketEventKind.Trade, "bitcoin", 2367061215u)]
    [TestCase(MarketEventKind.TopOfBook, "bitcoin", 837055403u)]
    [TestCase(MarketEventKind.Bar, "ether", 2187025077u)]
    [TestCase(MarketEventKind.Trade, "ether", 1323320427u)]
    [TestCase(MarketEventKind.TopOfBook, "ether", 296509928u)]
    public void The_default_markets_are_the_same_bits_on_every_machine(MarketEventKind kind, string market, uint digest)
    {
        using IMarketDataSource source = Open(kind, market == "ether" ? MarketGeneratorOptions.ForEther() : MarketGeneratorOptions.ForBitcoin());
        Assert.That(EventDigest.Of(source, 10_000), Is.EqualTo(digest));
    }

    [Test]
    public void The_same_seed_gives_the_same_market_and_another_seed_another([Values] MarketEventKind kind)
    {
        using IMarketDataSource first = Open(kind, Day);
        using IMarketDataSource second = Open(kind, Day with { });
        using IMarketDataSource other = Open(kind, Day with { Seed = 2 });
        uint digest = EventDigest.Of(first, 1_000);
        Assert.That(EventDigest.Of(second, 1_000), Is.EqualTo(digest));
        Assert.That(EventDigest.Of(other, 1_000), Is.Not.EqualTo(digest));
    }

    [TestCaseSource(nameof(Markets))]
    public void Bars_are_possible_on_the_grid_and_in_order(MarketGeneratorOptions options)
    {
        long expectedOpen = options.StartNanos;
        List<MarketEvent> bars = ReadAll(MarketGenerator.OpenBars(options));
        Assert.That(bars, Is.Not.Empty);
        foreach (MarketEvent bar in bars)
        {
            Assert.That(bar.OpenTimeNanos, Is.GreaterThanOrEqualTo(expectedOpen));
            Assert.That((bar.OpenTimeNanos - options.StartNanos) % 60_000_000_000, Is.Zero);
            Assert.That(bar.TimeNanos, Is.EqualTo(bar.OpenTimeNanos + 60_000_000_000));
            Assert.That(bar.Low.Raw, Is.Positive.And.LessThanOrEqualTo(Math.Min(bar.Price.Raw, bar.Close.Raw)));
            Assert.That(bar.UpperPrice.Raw, Is.GreaterThanOrEqualTo(Math.Max(bar.Price.Raw, bar.Close.Raw)));
            Assert.That((bar.Price.Raw % options.PriceTick.Raw) + (bar.UpperPrice.Raw % options.PriceTick.Raw), Is.Zero);
            Assert.That((bar.Low.Raw % options.PriceTick.Raw) + (bar.Close.Raw % options.PriceTick.Raw), Is.Zero);
            Assert.That(bar.Quantity.Raw, Is.Positive);
            Assert.That(bar.Quantity.Raw % options.QuantityStep.Raw, Is.Zero);
            expectedOpen = bar.TimeNanos;
        }

        Assert.That(expectedOpen, Is.LessThanOrEqualTo(options.StartNanos + (options.DurationMinutes * 60_000_000_000L)));
        Assert.That(options.OutagesPerMonth > 0 || bars.Count == options.DurationMinutes);
    }

    [TestCaseSource(nameof(Markets))]
    public void The_trades_of_each_minute_add_up_to_its_bar_exactly(MarketGeneratorOptions options)
    {
        using IMarketDataSource bars = MarketGenerator.OpenBars(options);
        using IMarketDataSource trades = MarketGenerator.OpenTrades(options);
        bool hasTrade = trades.TryRead(out MarketEvent trade);
        ulong tradeId = 0;
        while (bars.TryRead(out MarketEvent bar))
        {
            Assert.That(hasTrade && trade.TimeNanos >= bar.OpenTimeNanos);
            Price open = trade.Price;
            Price high = open;
            Price low = open;
            Price close = open;
            long volume = 0;
            long lastTime = trade.TimeNanos;
            for (; hasTrade && trade.TimeNanos < bar.TimeNanos; hasTrade = trades.TryRead(out trade))
            {
                Assert.That(trade.TradeId, Is.EqualTo(++tradeId));
                Assert.That(trade.TimeNanos, Is.GreaterThanOrEqualTo(lastTime));
                Assert.That(trade.Quantity.Raw, Is.Positive);
                high = new Price(Math.Max(high.Raw, trade.Price.Raw));
                low = new Price(Math.Min(low.Raw, trade.Price.Raw));
                close = trade.Price;
                volume += trade.Quantity.Raw;
                lastTime = trade.TimeNanos;
            }

            Assert.That(MarketEvent.Bar(bar.OpenTimeNanos, bar.TimeNanos, open, high, low, close, new Quantity(volume)), Is.EqualTo(bar));
        }

        Assert.That(hasTrade, Is.False);
    }

    [TestCaseSource(nameof(Markets))]
    public void Every_trade_meets_the_quote_of_its_time(MarketGeneratorOptions options)
    {
        using IMarketDataSource trades = MarketGenerator.OpenTrades(options);
        using IMarketDataSource quotes = MarketGenerator.OpenTopOfBook(options);
        long lastTime = 0;
        while (trades.TryRead(out MarketEvent trade))
        {
            Assert.That(quotes.TryRead(out MarketEvent met), Is.True);
            Assert.That(met.TimeNanos, Is.EqualTo(trade.TimeNanos).And.GreaterThanOrEqualTo(lastTime));
            bool isBuy = trade.Aggressor == Aggressor.Buy;
            Assert.That(isBuy ? met.UpperPrice : met.Price, Is.EqualTo(trade.Price));
            Assert.That((isBuy ? met.UpperQuantity : met.Quantity).Raw, Is.GreaterThan(trade.Quantity.Raw));
            AssertPossible(met);
            Assert.That(quotes.TryRead(out MarketEvent next), Is.True);
            Assert.That(next.TimeNanos, Is.GreaterThanOrEqualTo(met.TimeNanos));
            AssertPossible(next);
            lastTime = next.TimeNanos;
        }

        Assert.That(quotes.TryRead(out _), Is.False);
    }

    [Test]
    public void Outages_leave_holes_and_no_outages_leave_none()
    {
        int whole = ReadAll(MarketGenerator.OpenBars(Day with { OutagesPerMonth = 0 })).Count;
        using IMarketDataSource source = MarketGenerator.OpenBars(Day with { OutagesPerMonth = 0 });
        Assert.That(whole, Is.EqualTo(1440).And.EqualTo(source.CountHint));
        Assert.That(ReadAll(MarketGenerator.OpenBars(Day)), Has.Count.InRange(300, 1380), "60 outages a month: about two a day, an hour or more each");
    }

    [Test]
    public void Arrivals_are_clustered_sides_run_and_sizes_have_a_heavy_tail()
    {
        List<MarketEvent> trades = ReadAll(MarketGenerator.OpenTrades(Day with { OutagesPerMonth = 0 }));
        double[] gaps = [.. trades.Zip(trades.Skip(1), (a, b) => (b.TimeNanos - a.TimeNanos) / 1e9)];
        double gapMean = gaps.Average();
        double gapDeviation = Math.Sqrt(gaps.Average(gap => (gap - gapMean) * (gap - gapMean)));
        double sameSide = trades.Zip(trades.Skip(1), (a, b) => a.Aggressor == b.Aggressor ? 1.0 : 0).Average();
        double[] sizes = [.. trades.Select(trade => (double)trade.Quantity.Raw).Order()];
        Assert.That(trades.Count / 1440.0, Is.InRange(80, 170), "trades a minute");
        Assert.That(gapDeviation / gapMean, Is.GreaterThan(1.3), "a Poisson stream has 1");
        Assert.That(sameSide, Is.InRange(0.75, 0.95));
        Assert.That(sizes.Average() / sizes[sizes.Length / 2], Is.GreaterThan(2), "mean over median");
    }

    [Test]
    public void Making_events_allocates_nothing([Values] MarketEventKind kind)
    {
        using IMarketDataSource source = Open(kind, MarketGeneratorOptions.ForBitcoin() with { MeanTradesPerMinute = 20 });
        int warm = kind == MarketEventKind.Bar ? 10_000 : 400_000;
        Read(source, warm);
        int count = 0;
        Assert.That(AllocationCount.LeastOfRounds(() => count += Read(source, 2_000)), Is.Zero);
        Assert.That(count, Is.EqualTo(10_000));
    }

    private static IEnumerable<TestCaseData> Impossible()
    {
        yield return new TestCaseData(Day with { StartNanos = 1 }, "StartNanos");
        yield return new TestCaseData(Day with { StartNanos = -60_000_000_000 }, "StartNanos");
        yield return new TestCaseData(Day with { StartNanos = long.MaxValue / 60_000_000_000 * 60_000_000_000 }, "StartNanos");
        yield return new TestCaseData(Day with { DurationMinutes = 0 }, "DurationMinutes");
        yield return new TestCaseData(Day with { PriceTick = default }, "PriceTick");
        yield return new TestCaseData(Day with { InitialPrice = new Price(999), PriceTick = new Price(1) }, "InitialPrice");
        yield return new TestCaseData(Day with { InitialPrice = new Price(long.MaxValue) }, "InitialPrice");
        yield return new TestCaseData(Day with { QuantityStep = default }, "QuantityStep");
        yield return new TestCaseData(Day with { MeanVolume = default }, "MeanVolume");
        yield return new TestCaseData(Day with { MeanVolume = new Quantity(long.MaxValue) }, "MeanVolume");
        yield return new TestCaseData(Day with { MinuteVolatility = double.NaN }, "MinuteVolatility");
        yield return new TestCaseData(Day with { MinuteVolatility = 0 }, "MinuteVolatility");
        yield return new TestCaseData(Day with { JumpsPerDay = -1 }, "JumpsPerDay");
        yield return new TestCaseData(Day with { OutagesPerMonth = double.PositiveInfinity }, "OutagesPerMonth");
        yield return new TestCaseData(Day with { MeanTradesPerMinute = 3 }, "MeanTradesPerMinute");
    }

    [TestCaseSource(nameof(Impossible))]
    public void An_impossible_option_is_refused_by_name(MarketGeneratorOptions options, string name)
    {
        foreach (MarketEventKind kind in Enum.GetValues<MarketEventKind>())
        {
            Assert.That(() => Open(kind, options), Throws.ArgumentException.With.Message.Contains($"{name} must be"));
        }
    }

    private static void AssertPossible(MarketEvent quote)
    {
        Assert.That(quote.Price.Raw, Is.Positive.And.LessThan(quote.UpperPrice.Raw));
        Assert.That(Math.Min(quote.Quantity.Raw, quote.UpperQuantity.Raw), Is.Positive);
    }

    private static IMarketDataSource Open(MarketEventKind kind, MarketGeneratorOptions options) => kind switch
    {
        MarketEventKind.Bar => MarketGenerator.OpenBars(options),
        MarketEventKind.Trade => MarketGenerator.OpenTrades(options),
        _ => MarketGenerator.OpenTopOfBook(options),
    };

    private static int Read(IMarketDataSource source, int countMax)
    {
        int count = 0;
        for (; count < countMax && source.TryRead(out _); count++)
        {
        }

        return count;
    }

    private static List<MarketEvent> ReadAll(IMarketDataSource source)
    {
        using (source)
        {
            var events = new List<MarketEvent>();
            while (source.TryRead(out MarketEvent marketEvent))
            {
                events.Add(marketEvent);
            }

            return events;
        }
    }
}

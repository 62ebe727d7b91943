using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies.Tests;

/// <summary>Bars from single prices.</summary>
public sealed class BarBuilderTests
{
    [Test]
    public void The_first_price_at_or_after_the_end_closes_a_bar_with_the_last_price_before_it()
    {
        var bars = new BarBuilder(10);
        Assert.That(Feed(bars, 100, 1), Is.Null);
        Assert.That(Feed(bars, 109, 2), Is.Null);
        Assert.That(Feed(bars, 110, 3), Is.EqualTo((110L, 2L)), "a price at the very end belongs to the next bar");
        Assert.That(Feed(bars, 125, 4), Is.EqualTo((120L, 3L)));
        Assert.That(Feed(bars, 129, 5), Is.Null);
        Assert.That(Feed(bars, 130, 6), Is.EqualTo((130L, 5L)));
    }

    [Test]
    public void Bars_are_aligned_to_the_epoch_and_not_to_the_first_price()
    {
        var bars = new BarBuilder(60);
        Assert.That(Feed(bars, 59, 1), Is.Null);
        Assert.That(Feed(bars, 60, 2), Is.EqualTo((60L, 1L)));
    }

    [Test]
    public void A_span_without_a_price_makes_no_bar()
    {
        var bars = new BarBuilder(10);
        Feed(bars, 1, 1);
        Assert.That(Feed(bars, 1_000, 2), Is.EqualTo((10L, 1L)), "one bar, not a hundred");
        Assert.That(Feed(bars, 1_010, 3), Is.EqualTo((1_010L, 2L)));
    }

    [Test]
    public void A_price_at_the_epoch_opens_a_bar()
    {
        var bars = new BarBuilder(10);
        Assert.That(Feed(bars, 0, 1), Is.Null);
        Assert.That(Feed(bars, 10, 2), Is.EqualTo((10L, 1L)));
    }

    [FsCheck.NUnit.Property(MaxTest = 300, Replay = "20261121,7")]
    public Property Bars_are_the_last_prices_of_the_spans_that_have_one() =>
        Prop.ForAll(Gen.Choose(0, 25).ListOf(40).ToArbitrary(), steps =>
        {
            List<(long Time, long Price)> prices = [];
            long time = 1_000;
            foreach (int step in steps)
            {
                time += step;
                prices.Add((time, prices.Count + 1));
            }

            var bars = new BarBuilder(10);
            (long, long)[] made = [.. prices.Select(price => Feed(bars, price.Time, price.Price)).OfType<(long, long)>()];
            (long, long)[] due = [.. prices.GroupBy(static p => p.Time / 10).OrderBy(static g => g.Key).Select(static g => ((g.Key + 1) * 10, g.Last().Price)).SkipLast(1)];
            return made.SequenceEqual(due);
        });

    [TestCase(0)]
    [TestCase(-1)]
    public void An_interval_is_above_zero(long intervalNanos) =>
        Assert.That(() => new BarBuilder(intervalNanos), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static (long, long)? Feed(BarBuilder bars, long timeNanos, long price) =>
        bars.OnPrice(timeNanos, new Price(price), out long closeTimeNanos, out Price close) ? (closeTimeNanos, close.Raw) : null;
}

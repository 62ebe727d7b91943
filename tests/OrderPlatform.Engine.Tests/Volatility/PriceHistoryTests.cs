using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Volatility;

namespace OrderPlatform.Engine.Tests.Volatility;

[Description("R43, R44, R122: momentum per hour from the prices that were journaled")]
internal sealed class PriceHistoryTests
{
    private const long Second = 1_000_000_000;
    private const long Minute = 60 * Second;
    private const long Start = 29_000_000 * Minute;

    [TestCase(50_890, 0.0178)]
    [TestCase(49_945, -0.0011)]
    [TestCase(50_000, 0)]
    [TestCase(25_000, -0.5)]
    public void The_change_since_an_hour_ago_is_the_momentum(decimal price, decimal change)
    {
        PriceHistory history = default;
        history.Add(Start, Dollar(50_000));
        history.Add(Start + (60 * Minute), Dollar(price));
        Assert.That(history.TryMomentum(Start + (60 * Minute), 60, out Ratio momentum), Is.True);
        Assert.That(momentum, Is.EqualTo(Of(change)));
    }

    [Test]
    public void A_short_window_is_scaled_to_an_hour()
    {
        PriceHistory history = default;
        history.Add(Start, Dollar(100));
        history.Add(Start + (15 * Minute), Dollar(101));
        Assert.That(history.TryMomentum(Start + (15 * Minute), 15, out Ratio momentum), Is.True);
        Assert.That(momentum, Is.EqualTo(Of(0.04m)));
    }

    [Test]
    public void Within_a_minute_the_time_since_the_compared_price_counts()
    {
        PriceHistory history = default;
        history.Add(Start, Dollar(100));
        history.Add(Start + (2 * Minute) + (30 * Second), Dollar(101));
        Assert.That(history.TryMomentum(Start + (2 * Minute) + (30 * Second), 2, out Ratio momentum), Is.True);
        Assert.That(momentum, Is.EqualTo(Of(0.24m)), "1 % in 2.5 minutes");
    }

    [Test]
    public void Too_little_history_is_said()
    {
        PriceHistory history = default;
        Assert.That(history.TryMomentum(Start, 1, out _), Is.False, "no price");
        history.Add(Start + 1, Dollar(100));
        Assert.That(history.TryMomentum(Start + Minute, 1, out _), Is.False, "the price at the minute is not known: the first came after it");
        Assert.That(history.TryMomentum(Start + (2 * Minute), 1, out _), Is.True);
        Assert.That(history.TryMomentum(Start + (60 * Minute), 60, out _), Is.False);
        Assert.That(history.TryMomentum(Start + (61 * Minute), 60, out _), Is.True);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(61)]
    public void A_window_outside_an_hour_is_refused(int minutes)
    {
        PriceHistory history = default;
        history.Add(Start, Dollar(100));
        Assert.That(history.TryMomentum(Start + (90 * Minute), minutes, out _), Is.False);
    }

    [Test]
    public void What_is_no_price_or_goes_back_in_time_changes_nothing()
    {
        PriceHistory history = default;
        Assert.That(history.Add(-1, Dollar(100)), Is.False);
        Assert.That(history.Add(Start, Price.Zero), Is.False);
        Assert.That(history.Add(Start, Dollar(100)), Is.True);
        Assert.That(history.Add(Start - 1, Dollar(101)), Is.False);
        Assert.That(history.LastPrice, Is.EqualTo(Dollar(100)));
        Assert.That(history.TryMomentum(Start - 1, 1, out _), Is.False, "before the newest price");
    }

    [Test]
    public void A_change_beyond_64_bits_is_said()
    {
        PriceHistory history = default;
        history.Add(Start, new Price(1));
        history.Add(Start + Minute, new Price(Bounds.PriceMax));
        Assert.That(history.TryMomentum(Start + Minute, 1, out Ratio momentum), Is.False);
        Assert.That(momentum, Is.EqualTo(Ratio.Zero));
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Replay = "20261126,15")]
    public void Every_momentum_is_that_of_the_whole_list_of_prices((byte Seconds, byte Minutes, ushort Price)[] steps, byte window)
    {
        PriceHistory history = default;
        var all = new List<(long Nanos, long Price)>();
        int minutes = 1 + (window % 60);
        long now = Start;
        foreach ((byte seconds, byte gap, ushort price) in steps)
        {
            // Most steps are short, some leave an hour and more without a price, many end at a full minute.
            now += (gap % 16 == 0 ? gap : gap % 3) * Minute;
            now = seconds % 4 == 0 ? (now + Minute - 1) / Minute * Minute : now + (seconds % 60 * Second);
            all.Add((now, 1 + price));
            Assert.That(history.Add(now, new Price(1 + price)), Is.True);
            foreach (long at in new[] { now, now + (seconds * Second) })
            {
                long then = ((at / Minute) - minutes) * Minute;
                (long Nanos, long Price) before = all.LastOrDefault(item => item.Nanos <= then);
                bool known = history.TryMomentum(at, minutes, out Ratio momentum);
                Assert.That(known, Is.EqualTo(before.Nanos != 0));
                if (known)
                {
                    decimal exact = (((decimal)(1 + price) / before.Price) - 1) * 3_600 * Second / (at - then);
                    Assert.That((decimal)momentum.Raw, Is.EqualTo(exact * FixedPoint.One).Within(0.5001m));
                }
            }
        }
    }

    private static Price Dollar(decimal value) => new((long)(value * FixedPoint.One));

    private static Ratio Of(decimal value) => new((long)(value * FixedPoint.One));
}

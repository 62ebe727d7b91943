using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Volatility;

namespace OrderPlatform.Engine.Tests.Volatility;

[Description("R47, R104, D6")]
internal sealed class CloseWindowTests
{
    [TestCase("empyrical_weekly_annual_vol")]
    [TestCase("empyrical_monthly_annual_vol")]
    [Description("returns_statistics.json: the sample's deviation, as empyrical's annual volatility before the factor of a year")]
    public void The_deviation_of_a_sample_is_the_published_one(string id)
    {
        JsonElement known = KnownAnswer.Case("returns_statistics.json", id);
        string[] percents = [.. known.GetProperty("input").GetProperty("returns_percent").EnumerateArray().Select(static item => item.GetString()!)];
        double scale = Math.Sqrt((double)known.GetProperty("input").Decimal("annualisation"));
        var window = new CloseWindow(percents.Length + 1);
        decimal close = 100_000;
        Assert.That(window.Add(Dollar(close)), Is.True);
        foreach (string percent in percents)
        {
            Assert.That(window.TryStandardDeviation(out _), Is.False, "not full yet");
            close *= 1 + (KnownAnswer.Parse(percent) / 100);
            window.Add(Dollar(close));
        }

        Assert.That(window.TryStandardDeviation(out Ratio deviation), Is.True);
        Assert.That(deviation.Raw / 1e8 * scale, Is.EqualTo((double)known.GetProperty("expected").Decimal("annual_volatility")).Within(1e-7));
    }

    [Test]
    public void Two_returns_give_the_smallest_window()
    {
        var window = new CloseWindow(CloseWindow.ClosesMin);
        window.Add(Dollar(100));
        window.Add(Dollar(110));
        window.Add(Dollar(99));
        Assert.That(window.TryStandardDeviation(out Ratio deviation), Is.True);
        Assert.That(deviation, Is.EqualTo(new Ratio(14_142_136)), "returns of 0.1 and -0.1: 0.1 × √2, to the nearest");
    }

    [Test]
    public void A_still_price_has_no_deviation()
    {
        var window = new CloseWindow(CloseWindow.ClosesDefault);
        for (int count = 0; count < 50; count++)
        {
            window.Add(Dollar(50_000));
        }

        Assert.That(window.TryStandardDeviation(out Ratio deviation), Is.True);
        Assert.That(deviation, Is.EqualTo(Ratio.Zero));
    }

    [Test]
    public void A_close_that_is_no_price_changes_nothing()
    {
        var window = new CloseWindow(5);
        window.Add(Dollar(100));
        CloseWindow before = window;
        Assert.That(window.Add(Price.Zero), Is.False);
        Assert.That(window.Add(new Price(-1)), Is.False);
        Assert.That(window.Add(new Price(Bounds.PriceMax + 1)), Is.False);
        Assert.That((window.Count, window.Next, window.LastClose), Is.EqualTo((before.Count, before.Next, before.LastClose)));
    }

    [Test]
    public void A_jump_beyond_all_ratios_begins_the_window_anew()
    {
        var window = new CloseWindow(3);
        window.Add(new Price(1));
        window.Add(new Price(2));
        window.Add(new Price(3));
        Assert.That(window.IsFull, Is.True);
        Assert.That(window.Add(Dollar(1_000)), Is.True);
        Assert.That((window.Count, window.IsFull, window.TryStandardDeviation(out _)), Is.EqualTo((1, false, false)));
        window.Add(Dollar(1_000));
        window.Add(Dollar(1_000));
        Assert.That(window.TryStandardDeviation(out Ratio deviation), Is.True);
        Assert.That(deviation, Is.EqualTo(Ratio.Zero));
    }

    [Test]
    public void The_largest_returns_do_not_overflow()
    {
        var window = new CloseWindow(CloseWindow.ClosesMax);
        for (int count = 0; count < CloseWindow.ClosesMax; count++)
        {
            window.Add(new Price(count % 2 == 0 ? 1 : 1_000_001));
        }

        Assert.That(window.TryStandardDeviation(out Ratio deviation), Is.True);
        Assert.That(deviation.Raw, Is.GreaterThan(Bounds.RatioMax / 2 - 1));
    }

    [Test]
    public void Only_windows_that_have_a_deviation_are_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new CloseWindow(CloseWindow.ClosesMin - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new CloseWindow(CloseWindow.ClosesMax + 1));
        CloseWindow none = default;
        Assert.That(none.Add(Dollar(1)), Is.False);
        Assert.That(none.TryStandardDeviation(out _), Is.False);
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Replay = "20261126,11")]
    public void Every_deviation_is_that_of_the_naive_computation(ushort[] closes, byte length)
    {
        int size = CloseWindow.ClosesMin + (length % 10);
        var window = new CloseWindow(size);
        var all = new List<decimal>();
        foreach (ushort close in closes)
        {
            decimal price = 100 + (close / 1000m);
            window.Add(Dollar(price));
            all.Add(price);
            Assert.That(window.TryStandardDeviation(out Ratio deviation), Is.EqualTo(all.Count >= size));
            if (all.Count >= size)
            {
                decimal[] last = [.. all.TakeLast(size)];
                double[] returns = [.. last.Skip(1).Select((to, index) => (double)KnownAnswer.AtEightPlaces((to / last[index]) - 1))];
                double mean = returns.Average();
                double naive = Math.Sqrt(returns.Sum(value => (value - mean) * (value - mean)) / (returns.Length - 1));
                Assert.That(deviation.Raw / 1e8, Is.EqualTo(naive).Within(0.6e-8));
            }
        }
    }

    private static Price Dollar(decimal value) => new((long)(value * FixedPoint.One));
}

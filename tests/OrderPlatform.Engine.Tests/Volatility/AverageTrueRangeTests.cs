using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Volatility;

namespace OrderPlatform.Engine.Tests.Volatility;

[Description("R47, R118, R124, D6; atr_wilder.json")]
internal sealed class AverageTrueRangeTests
{
    private const string File = "atr_wilder.json";

    private static readonly string[] Ranges = ["achelis_atr4", "tulip_atr5"];

    [Test]
    public void Every_known_answer_is_tested() =>
        Assert.That(KnownAnswer.Cases(File).Select(static item => item.GetProperty("id").GetString()), Is.EquivalentTo(Ranges.Append("tulip_wilders5")));

    [TestCaseSource(nameof(Ranges))]
    public void The_range_is_the_published_one_at_every_bar(string id)
    {
        JsonElement known = KnownAnswer.Case(File, id);
        JsonElement input = known.GetProperty("input");
        JsonElement expected = known.GetProperty("expected");
        decimal[] high = Numbers(input, "high");
        decimal[] low = Numbers(input, "low");
        decimal[] close = Numbers(input, "close");
        decimal[] published = Numbers(expected, "atr_published");
        decimal[] exact = Numbers(expected, "atr_recomputed_8");
        int first = expected.GetProperty("first_index").GetInt32();
        decimal tolerance = KnownAnswer.Parse(known.GetProperty("tolerance").GetString()!.Split(' ')[0]);
        var range = new AverageTrueRange(input.GetProperty("period").GetInt32());
        for (int bar = 0; bar < high.Length; bar++)
        {
            Assert.That(range.Add(Dollar(high[bar]), Dollar(low[bar]), Dollar(close[bar])), Is.True);
            Assert.That(range.TryValue(out Price value), Is.EqualTo(bar >= first), $"bar {bar}");
            if (bar >= first)
            {
                decimal made = (decimal)value.Raw / FixedPoint.One;
                Assert.That(made, Is.EqualTo(exact[bar - first]).Within(0.00000001m), $"bar {bar}");
                Assert.That(made, Is.EqualTo(published[bar - first]).Within(tolerance), $"bar {bar}");
            }
        }
    }

    [Test]
    public void The_smoothing_is_the_published_one()
    {
        JsonElement known = KnownAnswer.Case(File, "tulip_wilders5");
        decimal[] published = Numbers(known.GetProperty("expected"), "published");
        int first = known.GetProperty("expected").GetProperty("first_index").GetInt32();
        var average = new WilderAverage(known.GetProperty("input").GetProperty("period").GetInt32());
        int index = 0;
        foreach (decimal value in Numbers(known.GetProperty("input"), "values"))
        {
            average.Add(Dollar(value).Raw);
            Assert.That(average.TryValue(out long made), Is.EqualTo(index >= first));
            if (index >= first)
            {
                Assert.That((decimal)made / FixedPoint.One, Is.EqualTo(published[index - first]).Within(known.Decimal("tolerance")));
            }

            index++;
        }
    }

    [Test]
    [Description("README of the known answers, trap 4")]
    public void The_other_convention_starts_a_bar_later_without_bar_zero()
    {
        var range = new AverageTrueRange(2, TrueRangeSeed.WithoutFirstBar);
        range.Add(Dollar(110), Dollar(100), Dollar(105));
        range.Add(Dollar(107), Dollar(104), Dollar(106));
        Assert.That(range.TryValue(out _), Is.False);
        range.Add(Dollar(120), Dollar(110), Dollar(115));
        Assert.That(range.TryValue(out Price value), Is.True);
        Assert.That(value, Is.EqualTo(Dollar(8.5m)), "(3 + 14) / 2: bar 0's 10 is not in it");

        var ours = new AverageTrueRange(2);
        ours.Add(Dollar(110), Dollar(100), Dollar(105));
        ours.Add(Dollar(107), Dollar(104), Dollar(106));
        Assert.That(ours.TryValue(out value), Is.True);
        Assert.That(value, Is.EqualTo(Dollar(6.5m)), "(10 + 3) / 2");
    }

    [Test]
    public void A_gap_counts_from_the_close_before()
    {
        var range = new AverageTrueRange(1);
        range.Add(Dollar(101), Dollar(99), Dollar(100));
        range.Add(Dollar(111), Dollar(110), Dollar(110));
        Assert.That(range.TryValue(out Price up), Is.True);
        Assert.That(up, Is.EqualTo(Dollar(11)));
        range.Add(Dollar(91), Dollar(90), Dollar(90));
        Assert.That(range.TryValue(out Price down), Is.True);
        Assert.That(down, Is.EqualTo(Dollar(20)));
    }

    [TestCase(100, 101, 100, TestName = "A_bar_whose_high_is_below_its_low_changes_nothing")]
    [TestCase(100, 99, 101, TestName = "A_bar_whose_close_is_above_its_high_changes_nothing")]
    [TestCase(100, 99, 98, TestName = "A_bar_whose_close_is_below_its_low_changes_nothing")]
    [TestCase(100, 0, 50, TestName = "A_bar_without_a_low_changes_nothing")]
    public void A_bar_that_is_none_changes_nothing(decimal high, decimal low, decimal close)
    {
        var range = new AverageTrueRange(3);
        range.Add(Dollar(10), Dollar(9), Dollar(9));
        AverageTrueRange before = range;
        Assert.That(range.Add(Dollar(high), Dollar(low), Dollar(close)), Is.False);
        Assert.That(range, Is.EqualTo(before));
    }

    [Test]
    public void Where_nothing_is_averaged_nothing_is_known()
    {
        AverageTrueRange none = default;
        Assert.That(none.Add(Dollar(2), Dollar(1), Dollar(1)), Is.False);
        Assert.That(none.TryValue(out _), Is.False);
        Assert.That(new WilderAverage(1).Add(-1), Is.False);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new AverageTrueRange(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new AverageTrueRange(WilderAverage.PeriodMax + 1));
    }

    [Test]
    public void The_largest_prices_do_not_overflow()
    {
        var average = new WilderAverage(WilderAverage.PeriodMax);
        for (int count = 0; count < 200; count++)
        {
            Assert.That(average.Add(Bounds.PriceMax), Is.True);
        }

        Assert.That(average.TryValue(out long raw), Is.True);
        Assert.That(raw, Is.EqualTo(Bounds.PriceMax));
    }

    [Test]
    public void A_long_average_comes_to_a_still_number_and_does_not_stop_short_of_it()
    {
        var average = new WilderAverage(WilderAverage.PeriodMax);
        for (int count = 0; count < 5_000; count++)
        {
            average.Add(count < WilderAverage.PeriodMax ? 0 : 1_000);
        }

        Assert.That(average.TryValue(out long raw), Is.True);
        Assert.That(raw, Is.EqualTo(1_000), "with every step rounded down it would stay at 999");
    }

    [FsCheck.NUnit.Property(MaxTest = 300, Replay = "20261126,9")]
    public void Roundings_do_not_add_up(uint[] numbers, byte length)
    {
        int period = 1 + (length % WilderAverage.PeriodMax);
        var average = new WilderAverage(period);
        decimal exact = 0;
        int count = 0;
        foreach (uint number in numbers.Concat(numbers).Concat(numbers))
        {
            average.Add(number);
            count++;
            exact = count <= period ? exact + ((decimal)number / period) : ((exact * (period - 1)) + number) / period;
            if (average.TryValue(out long made))
            {
                Assert.That(made, Is.EqualTo(exact).Within(0.5m + (period / 128m) + 0.001m));
            }
        }
    }

    private static decimal[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(static item => KnownAnswer.Parse(item.GetString()!))];

    private static Price Dollar(decimal value) => new((long)(value * FixedPoint.One));
}

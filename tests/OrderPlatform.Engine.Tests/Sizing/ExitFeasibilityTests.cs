using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Tests.Sizing;

[Description("T12: an entry is refused if its later exit would be under the venue's smallest order; T7: a fee in the base asset")]
internal sealed class ExitFeasibilityTests
{
    private static readonly LotRules Rules = new(Coins(0.0001m), Coins(0.0002m), Dollars(10));

    [TestCase(0.0005, 0, 25_000, SizeVerdict.Fits, 0.0005, Description = "12.50 at the stop")]
    [TestCase(0.0005, 0, 19_999, SizeVerdict.BelowMinimumNotional, 0.0005, Description = "9.9995 at the stop, though the entry was worth more")]
    [TestCase(0.0005, 0.001, 25_000, SizeVerdict.Fits, 0.0004, Description = "0.0004995 held: a lot is lost to the fee; 0.0004 × 25000 is just 10")]
    [TestCase(0.0005, 0.001, 24_999, SizeVerdict.BelowMinimumNotional, 0.0004, Description = "without the fee it would be 12.50")]
    [TestCase(0.0002, 0.001, 100_000, SizeVerdict.BelowMinimumQuantity, 0.0001)]
    [TestCase(0.0001, 0.001, 1_000_000, SizeVerdict.LessThanOneLot, 0)]
    [TestCase(0.0005, 0, 0, SizeVerdict.NoPrice, 0.0005)]
    [TestCase(1, -0.001, 25_000, SizeVerdict.Fits, 1, Description = "a rebate is not counted on")]
    [TestCase(0.0005, 1, 25_000, SizeVerdict.LessThanOneLot, 0)]
    [TestCase(-1, 0, 25_000, SizeVerdict.LessThanOneLot, 0)]
    public void The_exit_at_the_stop_must_still_be_an_order(decimal entry, decimal rate, decimal stop, SizeVerdict verdict, decimal exit)
    {
        Ratio fee = new((long)(rate * FixedPoint.One));
        Assert.That(ExitFeasibility.Check(Coins(entry), fee, new Price((long)(stop * FixedPoint.One)), Rules, out Quantity left), Is.EqualTo(verdict));
        Assert.That(left, Is.EqualTo(Coins(exit)));
    }

    [Test]
    public void The_largest_quantity_does_not_overflow() =>
        Assert.That(ExitFeasibility.ExitQuantity(new Quantity(long.MaxValue), new Ratio(100_000), new Quantity(1)).Raw, Is.EqualTo(9_214_148_664_817_921_031));

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261126,7")]
    public void What_can_be_sold_is_held(uint entry, uint rate, ushort step)
    {
        Ratio fee = new(rate % FixedPoint.One);
        long exit = ExitFeasibility.ExitQuantity(new Quantity(entry), fee, new Quantity(step)).Raw;
        decimal held = entry * (FixedPoint.One - fee.Raw) / (decimal)FixedPoint.One;

        Assert.That(exit, Is.LessThanOrEqualTo(held));
        Assert.That(exit + Math.Max(1L, step), Is.GreaterThan(held));
        Assert.That(step == 0 ? 0 : exit % step, Is.Zero);
    }

    private static Money Dollars(decimal value) => new((long)(value * FixedPoint.One));

    private static Quantity Coins(decimal value) => new((long)(value * FixedPoint.One));
}

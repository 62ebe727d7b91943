using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Tests.Sizing;

[Description("R46, T12")]
internal sealed class LotSizeTests
{
    private static readonly LotRules Rules = new(Coins(0.001m), Coins(0.002m), Dollars(10));

    [Test]
    public void A_value_is_compared_exactly_and_not_after_rounding()
    {
        var rules = new LotRules(default, default, Dollars(10));
        Assert.That(LotSize.Check(new Quantity(999_999_999), Dollar(1), rules), Is.EqualTo(SizeVerdict.BelowMinimumNotional));
        Assert.That(LotSize.Check(new Quantity(999_999_999), new Price(100_000_000), rules), Is.EqualTo(SizeVerdict.BelowMinimumNotional));
        Assert.That(LotSize.Check(new Quantity(1_999_999_999_999), new Price(50_000), rules), Is.EqualTo(SizeVerdict.BelowMinimumNotional), "9.999999999995");
        Assert.That(LotSize.Check(new Quantity(2_000_000_000_000), new Price(50_000), rules), Is.EqualTo(SizeVerdict.Fits));
        Assert.That(LotSize.Check(Coins(1), Price.Zero, rules), Is.EqualTo(SizeVerdict.NoPrice));
        Assert.That(LotSize.Check(Coins(1), Price.Zero, default), Is.EqualTo(SizeVerdict.Fits), "without a smallest value no price is needed");
    }

    [TestCase(0.3)]
    [TestCase(1.1)]
    public void What_binary_fractions_call_no_multiple_is_one(decimal quantity) =>
        Assert.That(LotSize.Check(Coins(quantity), Dollar(100), Rules), Is.EqualTo(SizeVerdict.Fits));

    [Test]
    public void Half_a_lot_is_refused() =>
        Assert.That(LotSize.Check(Coins(0.0025m), Dollar(100_000), Rules), Is.EqualTo(SizeVerdict.NotAMultipleOfTheLot));

    private static Price Dollar(decimal value) => new((long)(value * FixedPoint.One));

    private static Money Dollars(decimal value) => new((long)(value * FixedPoint.One));

    private static Quantity Coins(decimal value) => new((long)(value * FixedPoint.One));
}

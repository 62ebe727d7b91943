using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Tests.Sizing;

[Description("R46, T12")]
internal sealed class LotSizeTests
{
    private static readonly LotRules Rules = new(Coins(0.001m), Coins(0.002m), Dollars(10));

    [TestCase(1_000, 50_000, SizeVerdict.Fits, 0.02)]
    [TestCase(1_049.99, 50_000, SizeVerdict.Fits, 0.02)]
    [TestCase(49.99, 50_000, SizeVerdict.LessThanOneLot, 0)]
    [TestCase(99.99, 50_000, SizeVerdict.BelowMinimumQuantity, 0)]
    [TestCase(9.99, 100, SizeVerdict.BelowMinimumNotional, 0)]
    [TestCase(10, 100, SizeVerdict.Fits, 0.1)]
    [TestCase(10, 0, SizeVerdict.NoPrice, 0)]
    [TestCase(-10, 100, SizeVerdict.LessThanOneLot, 0)]
    public void A_notional_becomes_lots_or_a_reason(decimal notional, decimal price, SizeVerdict verdict, decimal quantity)
    {
        Assert.That(LotSize.FromNotional(Dollars(notional), Dollar(price), Rules, out Quantity made), Is.EqualTo(verdict));
        Assert.That(made, Is.EqualTo(Coins(quantity)));
    }

    [Test]
    public void A_quantity_beyond_64_bits_is_said() =>
        Assert.That(LotSize.FromNotional(new Money(long.MaxValue), new Price(1), default, out _), Is.EqualTo(SizeVerdict.DoesNotFit));

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

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261126,5")]
    public void The_quantity_is_the_most_lots_that_the_notional_pays(uint notional, uint price, ushort step)
    {
        var rules = new LotRules(new Quantity(step + 1L), default, default);
        var money = new Money(notional);
        var at = new Price(price + 1L);
        SizeVerdict verdict = LotSize.FromNotional(money, at, rules, out Quantity quantity);

        Assert.That(verdict, Is.EqualTo(quantity.IsZero ? SizeVerdict.LessThanOneLot : SizeVerdict.Fits));
        Assert.That(quantity.Raw % (step + 1L), Is.Zero);
        Assert.That((decimal)quantity.Raw * at.Raw, Is.LessThanOrEqualTo((decimal)money.Raw * FixedPoint.One));
        Assert.That((decimal)(quantity.Raw + step + 1L) * at.Raw, Is.GreaterThan((decimal)money.Raw * FixedPoint.One));
    }

    private static Price Dollar(decimal value) => new((long)(value * FixedPoint.One));

    private static Money Dollars(decimal value) => new((long)(value * FixedPoint.One));

    private static Quantity Coins(decimal value) => new((long)(value * FixedPoint.One));
}

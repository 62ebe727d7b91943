using System.Numerics;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Tests.Numbers;

public class FixedPointTests
{
    [TestCase(1, 1, 2, 1)]
    [TestCase(-1, 1, 2, -1)]
    [TestCase(1, 1, 3, 0)]
    [TestCase(2, 1, 3, 1)]
    [TestCase(5, 1, 2, 3)]
    [TestCase(-5, 1, 2, -3)]
    [TestCase(long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue)]
    [TestCase(long.MinValue, 1, 1, long.MinValue)]
    [TestCase(long.MinValue, long.MaxValue, long.MaxValue, long.MinValue)]
    public void A_quotient_is_rounded_half_away_from_zero(long left, long right, long divisor, long expected)
    {
        Assert.That(FixedPoint.TryMultiplyDivide(left, right, divisor, out long result), Is.True);
        Assert.That(result, Is.EqualTo(expected));
        Assert.That(FixedPoint.MultiplyDivide(left, right, divisor), Is.EqualTo(expected));
    }

    [TestCase(long.MaxValue, 2, 1)]
    [TestCase(long.MinValue, long.MinValue, 1)]
    [TestCase(long.MinValue, -1, 1)]
    [TestCase(long.MaxValue, long.MaxValue, 2)]
    public void What_does_not_fit_is_said_and_never_wraps(long left, long right, long divisor)
    {
        Assert.That(FixedPoint.TryMultiplyDivide(left, right, divisor, out long result), Is.False);
        Assert.That(result, Is.Zero);
        Assert.Throws<OverflowException>(() => FixedPoint.MultiplyDivide(left, right, divisor));
    }

    [FsCheck.NUnit.Property(MaxTest = 5_000, Replay = "20261121,1")]
    public void Every_quotient_agrees_with_big_integers(long left, long right, long divisor)
    {
        divisor = divisor == long.MinValue ? 1 : Math.Max(1, Math.Abs(divisor));
        BigInteger twice = 2 * BigInteger.Multiply(left, right);
        BigInteger magnitude = (BigInteger.Abs(twice) + divisor) / (2 * (BigInteger)divisor);
        BigInteger expected = twice.Sign * magnitude;
        bool fits = expected >= long.MinValue && expected <= long.MaxValue;

        Assert.That(FixedPoint.TryMultiplyDivide(left, right, divisor, out long result), Is.EqualTo(fits));
        Assert.That((BigInteger)result, Is.EqualTo(fits ? expected : 0));
    }

    [TestCase(17, 5, 15, 20)]
    [TestCase(-17, 5, -15, -20)]
    [TestCase(15, 5, 15, 15)]
    [TestCase(17, 0, 17, 17)]
    [TestCase(0, 5, 0, 0)]
    public void Steps_round_down_towards_zero_and_up_away_from_it(long value, long step, long floor, long ceiling)
    {
        Assert.That(FixedPoint.FloorToStep(value, step), Is.EqualTo(floor));
        Assert.That(FixedPoint.CeilingToStep(value, step), Is.EqualTo(ceiling));
    }

    [Test]
    public void A_ceiling_beyond_64_bits_throws() =>
        Assert.Throws<OverflowException>(() => FixedPoint.CeilingToStep(long.MaxValue, 10));

    [Test]
    public void A_step_of_a_thousandth_divides_three_tenths_without_rest() =>
        Assert.That(FixedPoint.FloorToStep(30_000_000, 100_000), Is.EqualTo(30_000_000), "0.3 % 0.001 is not zero in doubles");

    [Test]
    public void Sums_and_negations_never_wrap()
    {
        Assert.Throws<OverflowException>(() => _ = new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => _ = new Quantity(long.MinValue) - new Quantity(1));
        Assert.Throws<OverflowException>(() => _ = -new Quantity(long.MinValue));
        Assert.Throws<OverflowException>(() => _ = new Price(long.MinValue).Abs());
    }

    [Test]
    public void A_value_is_price_times_quantity_half_away_from_zero()
    {
        Assert.That(new Price(1).Value(new Quantity(50_000_000)), Is.EqualTo(new Money(1)));
        Assert.That(new Price(1).Value(new Quantity(-50_000_000)), Is.EqualTo(new Money(-1)));
        Assert.That(new Price(1).Value(new Quantity(49_999_999)), Is.EqualTo(Money.Zero));
        Assert.That(new Price(Bounds.PriceMax).TryValue(new Quantity(Bounds.QuantityMax), out _), Is.False);
    }
}

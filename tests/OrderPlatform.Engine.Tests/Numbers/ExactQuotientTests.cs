using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Tests.Numbers;

/// <summary>Against whole numbers of any size.</summary>
[Description("D19")]
internal sealed class ExactQuotientTests
{
    private static readonly RoundingRule[] Rules = Enum.GetValues<RoundingRule>();

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property The_result_is_the_exact_quotient_rounded_once()
    {
        Gen<Int128> wide = from high in ArbMap.Default.GeneratorFor<long>()
                           from low in ArbMap.Default.GeneratorFor<long>()
                           from shift in Gen.Choose(0, 127)
                           select (Int128)((((UInt128)(ulong)high << 64) | (ulong)low) >> shift);
        Gen<long> narrow = from value in ArbMap.Default.GeneratorFor<ulong>() from shift in Gen.Choose(0, 63) select (long)(value >> shift);
        Gen<(Int128, long, Int128, RoundingRule)> cases =
            from left in wide.Where(value => value != Int128.MinValue)
            from right in narrow
            from divisor in wide
            from rule in Gen.Elements(Rules)
            select (left, right, divisor, rule);
        return Prop.ForAll(cases.ToArbitrary(), item => Check(item.Item1, item.Item2, item.Item3, item.Item4));
    }

    [TestCase(5, 2, RoundingRule.HalfAwayFromZero, 3)]
    [TestCase(-5, 2, RoundingRule.HalfAwayFromZero, -3)]
    [TestCase(5, 2, RoundingRule.HalfEven, 2)]
    [TestCase(7, 2, RoundingRule.HalfEven, 4)]
    [TestCase(-5, 2, RoundingRule.HalfEven, -2)]
    [TestCase(5, -3, RoundingRule.TowardsZero, -1)]
    [TestCase(5, -3, RoundingRule.AwayFromZero, -2)]
    [TestCase(6, 3, RoundingRule.AwayFromZero, 2)]
    public void Ties_and_rests_go_where_the_rule_says(int numerator, int divisor, RoundingRule rule, int expected)
    {
        Assert.That(ExactQuotient.TryDivide(numerator, divisor, rule, out long result), Is.True);
        Assert.That(result, Is.EqualTo(expected));
    }

    [Test]
    public void A_numerator_of_190_bits_is_divided_exactly()
    {
        Int128 left = (Int128)1 << 125;
        Assert.That(ExactQuotient.TryDivide(left, long.MaxValue, left - 1, RoundingRule.TowardsZero, out long result), Is.True);
        Assert.That(result, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void A_divisor_of_zero_and_a_result_of_more_than_64_bits_are_refused()
    {
        Assert.That(ExactQuotient.TryDivide(1, 0, RoundingRule.HalfEven, out _), Is.False);
        Assert.That(ExactQuotient.TryDivide((Int128)1 << 100, 1, RoundingRule.HalfEven, out _), Is.False);
        Assert.That(ExactQuotient.TryDivide(((Int128)long.MaxValue * 2) + 1, 2, RoundingRule.AwayFromZero, out _), Is.False, "rounding up does not fit");
    }

    private static bool Check(Int128 left, long right, Int128 divisor, RoundingRule rule)
    {
        bool done = ExactQuotient.TryDivide(left, right, divisor, rule, out long result);
        BigInteger by = BigInteger.Abs(divisor);
        if (by.IsZero || by >= BigInteger.One << 126)
        {
            return !done;
        }

        BigInteger product = (BigInteger)left * right;
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(product), by, out BigInteger rest);
        int toHalf = (2 * rest).CompareTo(by);
        bool up = rule switch
        {
            RoundingRule.HalfAwayFromZero => toHalf >= 0,
            RoundingRule.HalfEven => toHalf > 0 || (toHalf == 0 && !quotient.IsEven),
            RoundingRule.AwayFromZero => !rest.IsZero,
            _ => false,
        };
        BigInteger expected = (quotient + (up ? 1 : 0)) * product.Sign * (divisor < 0 ? -1 : 1);
        bool fits = BigInteger.Abs(expected) <= long.MaxValue;
        return done == fits && result == (fits ? (long)expected : 0);
    }
}

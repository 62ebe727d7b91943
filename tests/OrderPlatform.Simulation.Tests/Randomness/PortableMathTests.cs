using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Tests.Randomness;

/// <summary>Close to the C library's functions, and exact where mathematics is exact. The library only judges here, it decides no number.</summary>
internal sealed class PortableMathTests
{
    [Test]
    public void Logarithms_are_within_a_few_units_of_the_last_place()
    {
        var prng = new Prng(20261121);
        for (int i = 0; i < 200_000; i++)
        {
            double x = BitConverter.UInt64BitsToDouble((prng.NextUInt64() >> 2) | 1);
            if (double.IsFinite(x) && x > 0)
            {
                double expected = Math.Log(x);
                Assert.That(PortableMath.Log(x), Is.EqualTo(expected).Within(Math.Abs(expected) * 2e-15), $"log {x:R}");
            }
        }
    }

    [Test]
    public void Logarithms_near_one_keep_their_relative_accuracy()
    {
        for (double distance = 1e-1; distance > 1e-15; distance /= 3)
        {
            Assert.That(PortableMath.Log(1 + distance), Is.EqualTo(Math.Log(1 + distance)).Within(Math.Log(1 + distance) * 2e-15));
            Assert.That(PortableMath.Log(1 - distance), Is.EqualTo(Math.Log(1 - distance)).Within(-Math.Log(1 - distance) * 2e-15));
        }

        Assert.That(PortableMath.Log(1), Is.Zero);
    }

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void Logarithms_of_what_has_none_are_refused(double x) => Assert.That(() => PortableMath.Log(x), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(double.Epsilon)]
    [TestCase(double.MaxValue)]
    [TestCase(2.2250738585072014e-308)]
    public void Logarithms_reach_the_ends_of_the_range(double x) => Assert.That(PortableMath.Log(x), Is.EqualTo(Math.Log(x)).Within(1e-12));

    [Test]
    public void Exponentials_are_as_close_as_promised()
    {
        var prng = new Prng(20261122);
        for (int i = 0; i < 200_000; i++)
        {
            double x = ((2 * prng.NextDouble()) - 1) * (i % 2 == 0 ? 1 : 700);
            double expected = Math.Exp(x);
            Assert.That(PortableMath.Exp(x), Is.EqualTo(expected).Within(expected * 1e-15 * Math.Max(1, Math.Abs(x))), $"exp {x:R}");
        }

        Assert.That(PortableMath.Exp(0), Is.EqualTo(1));
    }

    [Test]
    public void Exponentials_are_held_and_never_infinite()
    {
        Assert.That(PortableMath.Exp(double.PositiveInfinity), Is.EqualTo(PortableMath.Exp(700)).And.LessThan(double.PositiveInfinity));
        Assert.That(PortableMath.Exp(double.NegativeInfinity), Is.EqualTo(PortableMath.Exp(-700)).And.GreaterThan(0));
        Assert.That(PortableMath.Exp(double.NaN), Is.NaN);
    }
}

using System.Numerics;
using OrderPlatform.Engine.Volatility;

namespace OrderPlatform.Engine.Tests.Volatility;

[Description("Law 1: roots without floating point")]
internal sealed class IntegerRootTests
{
    [FsCheck.NUnit.Property(MaxTest = 5_000, Replay = "20261126,13")]
    public void The_root_is_the_exact_floor(ulong high, ulong low, byte shift) => Check((Int128)(new UInt128(high, low) >> (1 + (shift % 127))));

    [Test]
    public void Around_every_square_of_a_power_of_two_and_at_the_ends_the_root_is_exact()
    {
        for (int bit = 0; bit < 63; bit++)
        {
            Int128 root = (Int128)1 << bit;
            foreach (Int128 near in new[] { root - 1, root, root + 1 })
            {
                Check(near * near);
                Check((near * near) + 1);
                Check(Int128.Max(0, (near * near) - 1));
            }
        }

        Check(Int128.MaxValue);
        Check(Int128.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => IntegerRoot.Floor(-1));
    }

    [TestCase(0, 1, 0UL)]
    [TestCase(2, 1, 1UL)]
    [TestCase(3, 1, 2UL)]
    [TestCase(1, 4, 1UL, Description = "a half exactly goes up")]
    [TestCase(9, 4, 2UL)]
    [TestCase(8, 4, 1UL)]
    [TestCase(25, 4, 3UL)]
    [TestCase(24, 4, 2UL)]
    public void A_root_of_a_quotient_is_the_nearest(int numerator, int divisor, ulong root) =>
        Assert.That(IntegerRoot.Nearest(numerator, divisor), Is.EqualTo(root));

    private static void Check(Int128 value)
    {
        BigInteger root = IntegerRoot.Floor(value);
        Assert.That(root * root <= (BigInteger)value && (root + 1) * (root + 1) > (BigInteger)value, Is.True, $"{value}");
    }
}

using System.Numerics;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Tests.Numbers;

/// <summary>Products over 1e8, which have a way of their own, against whole numbers of any size.</summary>
[Description("D19")]
internal sealed class FixedPointOneTests
{
    private static readonly long[] Edges =
    [
        long.MinValue, long.MinValue + 1, -FixedPoint.One, -50_000_000, -49_999_999, -1, 0, 1, 49_999_999, 50_000_000, FixedPoint.One, long.MaxValue - 1,
        long.MaxValue,
    ];

    [Test]
    public void Every_pair_of_edges_is_the_rounded_quotient() =>
        Assert.That(Edges.SelectMany(left => Edges.Select(right => (left, right))).Where(pair => !Agrees(pair.left, pair.right)), Is.Empty);

    [Test]
    public void Random_pairs_of_every_size_are_the_rounded_quotient([Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 500_000; i++)
        {
            long left = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(63);
            long right = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(63);
            if (!Agrees(left, right))
            {
                Assert.Fail($"seed {seed}: {left} x {right}");
            }
        }
    }

    [Test]
    public void The_largest_results_fit_and_the_next_ones_do_not()
    {
        Assert.That(Agrees(long.MaxValue, FixedPoint.One) && Agrees(long.MinValue, FixedPoint.One), Is.True);
        Assert.That(FixedPoint.TryMultiplyDivide(long.MinValue, FixedPoint.One, FixedPoint.One, out long least) && least == long.MinValue, Is.True);
        Assert.That(FixedPoint.TryMultiplyDivide(long.MaxValue, FixedPoint.One + 1, FixedPoint.One, out _), Is.False);
        Assert.That(FixedPoint.TryMultiplyDivide(long.MinValue, long.MinValue, FixedPoint.One, out _), Is.False);
    }

    private static bool Agrees(long left, long right)
    {
        BigInteger product = (BigInteger)left * right;
        BigInteger expected = product.Sign * ((BigInteger.Abs(product) + (FixedPoint.One / 2)) / FixedPoint.One);
        bool fits = expected >= long.MinValue && expected <= long.MaxValue;
        return FixedPoint.TryMultiplyDivide(left, right, FixedPoint.One, out long actual) == fits && actual == (fits ? (long)expected : 0);
    }
}

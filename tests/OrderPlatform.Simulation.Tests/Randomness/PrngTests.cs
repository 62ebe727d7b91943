using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Tests.Randomness;

/// <summary>The sequences are pinned, and they are as random as cheap tests can tell.</summary>
internal sealed class PrngTests
{
    [Test]
    public void The_sequence_of_a_seed_is_that_of_the_published_algorithm()
    {
        // A second, direct transcription: SplitMix64 fills four words, xoshiro256** steps them.
        foreach (ulong seed in (ulong[])[0, 1, 42, ulong.MaxValue])
        {
            UInt128 mask = ulong.MaxValue;
            ulong[] s = new ulong[4];
            ulong state = seed;
            for (int i = 0; i < 4; i++)
            {
                state = (ulong)(((UInt128)state + 0x9E3779B97F4A7C15UL) & mask);
                ulong z = (ulong)(((UInt128)(state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL) & mask);
                z = (ulong)(((UInt128)(z ^ (z >> 27)) * 0x94D049BB133111EBUL) & mask);
                s[i] = z ^ (z >> 31);
            }

            var prng = new Prng(seed);
            for (int i = 0; i < 1_000; i++)
            {
                ulong product = (ulong)(((UInt128)s[1] * 5) & mask);
                ulong expected = (ulong)(((UInt128)((product << 7) | (product >> 57)) * 9) & mask);
                ulong t = s[1] << 17;
                s[2] ^= s[0];
                s[3] ^= s[1];
                s[1] ^= s[2];
                s[0] ^= s[3];
                s[2] ^= t;
                s[3] = (s[3] << 45) | (s[3] >> 19);
                Assert.That(prng.NextUInt64(), Is.EqualTo(expected), $"seed {seed}, number {i}");
            }
        }
    }

    [Test]
    public void SplitMix64_of_zero_begins_with_its_known_number_so_that_seed_zero_is_no_zero_state()
    {
        // The first output of xoshiro256** is a function of the second word alone.
        const ulong secondWord = 0x6E789E6AA1B965F4;
        Assert.That(new Prng(0).NextUInt64(), Is.EqualTo(ulong.RotateLeft(unchecked(secondWord * 5), 7) * 9));
    }

    [Test]
    public void Numbers_below_a_bound_are_below_it_and_even()
    {
        var prng = new Prng(3);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[prng.NextBelow(7)]++;
        }

        Assert.That(counts, Has.All.InRange(9_600, 10_400));
        Assert.That(prng.NextBelow(1), Is.Zero);
        Assert.That(() => prng.NextBelow(0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_bound_that_rejects_half_of_the_draws_is_still_even()
    {
        var prng = new Prng(4);
        const ulong bound = (1UL << 63) + 1;
        int upper = 0;
        for (int i = 0; i < 20_000; i++)
        {
            ulong number = prng.NextBelow(bound);
            Assert.That(number, Is.LessThan(bound));
            upper += number >= bound / 2 ? 1 : 0;
        }

        Assert.That(upper, Is.InRange(9_700, 10_300));
    }

    [Test]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var prng = new Prng(5);
        double[] moments = new double[5];
        const int count = 400_000;
        for (int i = 0; i < count; i++)
        {
            double x = prng.NextNormal();
            for (int power = 1; power <= 4; power++)
            {
                moments[power] += Math.Pow(x, power) / count;
            }
        }

        Assert.That(moments[1], Is.EqualTo(0).Within(0.01));
        Assert.That(moments[2], Is.EqualTo(1).Within(0.01));
        Assert.That(moments[3], Is.EqualTo(0).Within(0.03));
        Assert.That(moments[4], Is.EqualTo(3).Within(0.1));
    }

    [Test]
    public void Uniform_numbers_fill_the_unit_interval_without_one()
    {
        var prng = new Prng(6);
        double sum = 0;
        for (int i = 0; i < 100_000; i++)
        {
            double x = prng.NextDouble();
            Assert.That(x, Is.GreaterThanOrEqualTo(0).And.LessThan(1));
            sum += x;
        }

        Assert.That(sum / 100_000, Is.EqualTo(0.5).Within(0.005));
    }

    [Test]
    public void Parts_of_a_simulation_have_sequences_of_their_own_that_repeat()
    {
        var seen = new HashSet<ulong>();
        for (ulong seed = 0; seed < 20; seed++)
        {
            for (uint part = 0; part < 20; part++)
            {
                ulong first = Prng.ForPart(seed, part).NextUInt64();
                Assert.That(seen.Add(first), $"seed {seed}, part {part} begins like another");
                Assert.That(Prng.ForPart(seed, part).NextUInt64(), Is.EqualTo(first));
            }
        }
    }
}

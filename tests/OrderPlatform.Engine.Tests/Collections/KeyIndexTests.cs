using OrderPlatform.Engine.Collections;

namespace OrderPlatform.Engine.Tests.Collections;

public class KeyIndexTests
{
    /// <summary>Keys that differ only where the hash looks last, so that their homes collide, and some far apart.</summary>
    private static readonly ulong[] Keys = [.. Enumerable.Range(0, 12)
        .SelectMany(i => new[] { (ulong)i, (ulong)i * 0x_0000_0100_0000_0000UL, ulong.MaxValue - (ulong)i })];

    [Test]
    public void Random_histories_agree_with_a_dictionary([Values(1, 2, 3, 5, 8, 16, 31)] int capacity, [Values(11, 12, 13, 14)] int seed)
    {
        var random = new Random(seed);
        var index = new KeyIndex(capacity);
        var model = new Dictionary<ulong, int>();
        for (int step = 0; step < 5_000; step++)
        {
            ulong key = Keys[random.Next(Keys.Length)];
            if (random.Next(2) == 0)
            {
                bool expected = model.Count < capacity && model.TryAdd(key, step);
                Assert.That(index.TryAdd(key, step), Is.EqualTo(expected), $"seed {seed}, step {step}: add {key}");
            }
            else
            {
                Assert.That(index.Remove(key), Is.EqualTo(model.Remove(key)), $"seed {seed}, step {step}: remove {key}");
            }

            Assert.That(index.Count, Is.EqualTo(model.Count), $"seed {seed}, step {step}");
            AssertSame(index, model, $"seed {seed}, step {step}");
        }
    }

    [Test]
    public void A_key_that_is_there_keeps_its_row()
    {
        var index = new KeyIndex(4);
        Assert.That(index.TryAdd(7, 1), Is.True);
        Assert.That(index.TryAdd(7, 2), Is.False);
        Assert.That(index.TryGet(7, out int row), Is.True);
        Assert.That(row, Is.EqualTo(1));
    }

    [Test]
    public void A_full_index_takes_no_key_and_still_finds_what_it_has()
    {
        var index = new KeyIndex(2);
        Assert.That(index.TryAdd(0, 0) && index.TryAdd(ulong.MaxValue, 1), Is.True);
        Assert.That(index.TryAdd(1, 2), Is.False);
        Assert.That(index.TryGet(1, out _), Is.False);
        Assert.That(index.TryGet(0, out _) && index.TryGet(ulong.MaxValue, out _), Is.True);
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void A_capacity_below_one_is_refused(int capacity) => Assert.Throws<ArgumentOutOfRangeException>(() => _ = new KeyIndex(capacity));

    private static void AssertSame(KeyIndex index, Dictionary<ulong, int> model, string where)
    {
        foreach (ulong key in Keys)
        {
            bool known = model.TryGetValue(key, out int expected);
            if (index.TryGet(key, out int row) != known || (known && row != expected))
            {
                Assert.Fail($"{where}: key {key} should be {(known ? expected : "absent")} and is {row}");
            }
        }
    }
}

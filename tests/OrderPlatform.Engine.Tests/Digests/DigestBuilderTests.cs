using OrderPlatform.Engine.Digests;

namespace OrderPlatform.Engine.Tests.Digests;

public class DigestBuilderTests
{
    /// <summary>Pinned: journals on disk carry digests, so the function may never change. Worked out once by the same formula in Python.</summary>
    [TestCase(new ulong[0], 0x0000000000000000UL)]
    [TestCase(new[] { 0UL }, 0xDB535294DBE24681UL)]
    [TestCase(new[] { 1UL }, 0x6DE8EB054D1D1AFAUL)]
    [TestCase(new[] { 1UL, 2UL }, 0xD616849DC42161D8UL)]
    [TestCase(new[] { 2UL, 1UL }, 0x34E9734E8EC2F66AUL)]
    [TestCase(new[] { ulong.MaxValue, 0UL, ulong.MaxValue }, 0xFA71CA074C583251UL)]
    public void Words_have_pinned_digests(ulong[] words, ulong expected)
    {
        DigestBuilder digest = default;
        foreach (ulong word in words)
        {
            digest.Add(word);
        }

        Assert.That(digest.Value, Is.EqualTo(expected), $"0x{digest.Value:X16}");
    }

    /// <summary>Pinned as well; worked out by the same steps in Python, for lengths around those of a step and of a round.</summary>
    [TestCase(0, 0x20844A4A6CD95D60UL)]
    [TestCase(1, 0x79AFBB5F57997642UL)]
    [TestCase(8, 0xC7408741D417F26FUL)]
    [TestCase(9, 0x72365230F03822D4UL)]
    [TestCase(15, 0x7DE98331A0F84DA1UL)]
    [TestCase(16, 0x507457C3EC02D299UL)]
    [TestCase(17, 0x5FBF231A5E44A37FUL)]
    [TestCase(63, 0x44C2EE4E777CBC10UL)]
    [TestCase(64, 0x0B386D952F326774UL)]
    [TestCase(65, 0x70BCEADB263F18A2UL)]
    [TestCase(127, 0x0E4CC24F54DDBA1FUL)]
    [TestCase(128, 0x4E9661C8B9EAA972UL)]
    [TestCase(200, 0x1D492A5A7E699727UL)]
    [TestCase(496, 0x7E939599708BDF7CUL)]
    public void Bytes_have_pinned_hashes(int length, ulong expected)
    {
        byte[] bytes = [.. Enumerable.Range(1, length).Select(static number => (byte)(number * 37))];
        ulong hash = FoldedHash.Of(bytes);
        Assert.That(hash, Is.EqualTo(expected), $"0x{hash:X16}");
        DigestBuilder digest = default;
        digest.Add(bytes);
        DigestBuilder words = default;
        words.Add((ulong)length);
        words.Add(hash);
        Assert.That(digest.Value, Is.EqualTo(words.Value));
    }

    [Test]
    public void Each_bit_and_each_swap_of_two_steps_changes_the_hash()
    {
        byte[] bytes = [.. Enumerable.Range(1, 200).Select(static number => (byte)(number * 73))];
        var seen = new HashSet<ulong> { FoldedHash.Of(bytes) };
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(seen.Add(FoldedHash.Of(bytes)), Is.True, $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int step = 16; step + 16 <= bytes.Length; step += 16)
        {
            byte[] swapped = [.. bytes.AsSpan(16, step), .. bytes.AsSpan(0, 16), .. bytes.AsSpan(step + 16)];
            Assert.That(seen.Add(FoldedHash.Of(swapped)), Is.True, $"step {step}");
        }
    }

    [Test]
    public void A_trailing_zero_byte_is_not_lost()
    {
        DigestBuilder shorter = default;
        shorter.Add([1, 2]);
        DigestBuilder longer = default;
        longer.Add([1, 2, 0]);
        Assert.That(longer.Value, Is.Not.EqualTo(shorter.Value));
    }

    [Test]
    public void Reading_the_value_changes_nothing()
    {
        DigestBuilder once = default;
        DigestBuilder often = default;
        for (long i = 0; i < 10; i++)
        {
            once.Add(i);
            often.Add(i);
            _ = often.Value;
        }

        Assert.That(often.Value, Is.EqualTo(once.Value));
    }
}

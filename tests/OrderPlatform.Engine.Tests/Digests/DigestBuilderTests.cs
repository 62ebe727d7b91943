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

    [Test]
    public void Bytes_are_their_count_and_little_endian_words_padded_with_zeros()
    {
        DigestBuilder bytes = default;
        bytes.Add([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        DigestBuilder words = default;
        words.Add(9UL);
        words.Add(0x0807060504030201UL);
        words.Add(0x09UL);
        Assert.That(bytes.Value, Is.EqualTo(words.Value));
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

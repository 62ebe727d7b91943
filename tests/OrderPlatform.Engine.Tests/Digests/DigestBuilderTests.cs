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

    /// <summary>
    /// Pinned as well: the digest of a length and of the XXH64 of so many bytes, worked out by the same steps in Python, whose XXH64 agrees with the published
    /// values of "", "a" and "abc".
    /// </summary>
    [TestCase(0, 0x939DB1F53065A871UL)]
    [TestCase(1, 0x63D0B891DDD6BDA8UL)]
    [TestCase(3, 0xE4FAC9027092E559UL)]
    [TestCase(4, 0x694F3B984264A6F7UL)]
    [TestCase(7, 0x3522FD7F25496DFDUL)]
    [TestCase(8, 0xAF8C815C7448F4D6UL)]
    [TestCase(9, 0x38A646B92C3AA680UL)]
    [TestCase(16, 0xEBAACDE43FB26B88UL)]
    [TestCase(24, 0x3B34F5BFBB9137B0UL)]
    [TestCase(31, 0x859BB464B34827C8UL)]
    [TestCase(32, 0x62374F5F74E7DD80UL)]
    [TestCase(33, 0x92332FDB29090121UL)]
    [TestCase(40, 0xD44F8A1B1789722BUL)]
    [TestCase(63, 0x399921123526E57DUL)]
    [TestCase(64, 0x5EAF4EA7FC4BAE19UL)]
    [TestCase(128, 0x5C7F2EC72B08AA22UL)]
    [TestCase(496, 0xB84E6EA264BEBE84UL)]
    public void Bytes_have_pinned_digests(int length, ulong expected)
    {
        DigestBuilder digest = default;
        digest.Add([.. Enumerable.Range(1, length).Select(static number => (byte)(number * 37))]);
        Assert.That(digest.Value, Is.EqualTo(expected), $"0x{digest.Value:X16}");
    }

    [Test]
    public void Each_bit_and_each_swap_of_words_changes_the_hash()
    {
        byte[] bytes = [.. Enumerable.Range(1, 203).Select(static number => (byte)(number * 73))];
        var seen = new HashSet<ulong> { Of(bytes) };
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(seen.Add(Of(bytes)), Is.True, $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int word = 8; word + 8 <= bytes.Length; word += 8)
        {
            byte[] swapped = [.. bytes];
            bytes.AsSpan(0, 8).CopyTo(swapped.AsSpan(word));
            bytes.AsSpan(word, 8).CopyTo(swapped);
            Assert.That(seen.Add(Of(swapped)), Is.True, $"word {word / 8}");
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

    private static ulong Of(byte[] bytes)
    {
        DigestBuilder digest = default;
        digest.Add(bytes);
        return digest.Value;
    }
}

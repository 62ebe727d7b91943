namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>Every golden encoding with seeded damage: a histogram or a <see cref="HistogramFormatException"/>, never anything else.</summary>
[TestFixture]
internal sealed class FuzzTests
{
    private const int RoundsPerEncoding = 400;

    private static readonly HistogramDecoderOptions Limits = new() { CountsBytesMax = 4 << 20 };

    private static IEnumerable<string> Names => Golden.Names;

    [TestCaseSource(nameof(Names))]
    public void Damaged_bytes_are_refused_or_decode(string name)
    {
        foreach (string form in (string[])["v2", "v2Compressed"])
        {
            byte[] golden = Golden.Bytes(name, form);
            for (int seed = 0; seed < RoundsPerEncoding; seed++)
                AssertDecodesOrRefuses(Damaged(golden, new Random(seed)), $"{name} {form} seed {seed}");
        }
    }

    [Test]
    public void Damaged_lines_of_a_log_are_told_or_read()
    {
        string golden = Golden.Text("tagged.hlog");
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            char[] text = golden.ToCharArray();
            for (int change = random.Next(1, 6); change > 0; change--)
                text[random.Next(text.Length)] = (char)random.Next(1, 130);
            int told = 0;
            var options = new HistogramLogReaderOptions { Decoding = Limits, OnMalformedLine = _ => told++ };
            using var reader = new HistogramLogReader(new StringReader(new string(text, 0, random.Next(text.Length / 2, text.Length))), options);
            Assert.That(() => reader.ReadHistograms().Count(), Throws.Nothing, $"seed {seed}");
        }
    }

    private static byte[] Damaged(byte[] golden, Random random)
    {
        byte[] bytes = [.. golden];
        for (int change = random.Next(0, 5); change > 0; change--)
        {
            int at = random.Next(4) == 0 ? random.Next(Math.Min(48, bytes.Length)) : random.Next(bytes.Length);
            bytes[at] = random.Next(3) switch
            {
                0 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                1 => (byte)random.Next(256),
                _ => 0xFF,
            };
        }

        return random.Next(4) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => [.. bytes, .. new byte[random.Next(1, 9)]],
            _ => bytes,
        };
    }

    private static void AssertDecodesOrRefuses(byte[] bytes, string place)
    {
        try
        {
            LongHistogram histogram = HistogramDecoder.Decode(bytes, Limits);
            Assert.That(histogram.TotalCount, Is.GreaterThanOrEqualTo(0), place);
            Assert.That(HistogramDecoder.Decode(HistogramEncoder.Encode(histogram)).HasSameCountsAs(histogram), Is.True, place);
        }
        catch (HistogramFormatException refusal)
        {
            Assert.That(refusal.Offset, Is.InRange(0, Math.Max(bytes.Length, Limits.CountsBytesMax)), place);
        }
    }
}

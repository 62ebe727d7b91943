using System.IO.Compression;
using System.Text;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>gzip and zip, whole, cut at every byte and with damaged bytes.</summary>
internal sealed class CompressionTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes(
        "trade_id,exchange_ts_us,local_ts_us,taker_side,price,qty_base\n"
        + string.Concat(Enumerable.Range(1, 40).Select(i => $"{i},{1700000040000000 + (i * 977)},1700000040000001,sell,{100 + (i * i % 17)}.5,{i}\n")));

    [TestCase("sample.csv")]
    [TestCase("sample.csv.gz")]
    [TestCase("sample.zip")]
    public void Compression_is_told_by_content_whatever_the_name(string name)
    {
        using var plain = new SampleFile(name, Content);
        using var gzip = new SampleFile(name, SampleFile.Gzip(Content));
        using var zip = new SampleFile(name, SampleFile.Zip(CompressionLevel.Optimal, ("a.csv", Content)));
        using var stored = new SampleFile(name, SampleFile.Zip(CompressionLevel.NoCompression, ("folder/", []), ("folder/a.csv", Content)));
        List<MarketEvent> expected = plain.ReadAll();
        Assert.That(expected, Has.Count.EqualTo(40));
        Assert.That(gzip.ReadAll(), Is.EqualTo(expected));
        Assert.That(zip.ReadAll(), Is.EqualTo(expected));
        Assert.That(stored.ReadAll(), Is.EqualTo(expected));
    }

    [Test]
    public void A_gzip_cut_off_anywhere_is_an_error()
    {
        byte[] whole = SampleFile.Gzip(Content);
        for (int length = 0; length < whole.Length; length++)
        {
            using var sample = new SampleFile("cut.csv.gz", whole[..length]);
            Assert.That(() => sample.ReadAll(), Throws.TypeOf<MarketDataException>(), $"cut at {length} of {whole.Length}");
        }
    }

    [Test]
    public void A_gzip_of_data_that_does_not_compress_and_is_cut_off_between_rows_is_an_error()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.NoCompression))
        {
            gzip.Write(Content);
        }

        byte[] whole = target.ToArray();
        int cuts = 0;
        for (int length = 100; length < whole.Length; length++)
        {
            if (whole[length - 1] == (byte)'\n')
            {
                using var sample = new SampleFile("cut.csv.gz", whole[..length]);
                Assert.That(sample.Error(), Does.Contain("damaged or cut off"), $"cut at {length} of {whole.Length}");
                cuts++;
            }
        }

        Assert.That(cuts, Is.GreaterThanOrEqualTo(39));
    }

    [Test]
    public void A_zip_cut_off_anywhere_is_an_error()
    {
        byte[] whole = SampleFile.Zip(CompressionLevel.Optimal, ("a.csv", Content));
        for (int length = 0; length < whole.Length; length++)
        {
            using var sample = new SampleFile("cut.zip", whole[..length]);
            Assert.That(() => sample.ReadAll(), Throws.TypeOf<MarketDataException>(), $"cut at {length} of {whole.Length}");
        }
    }

    [Test]
    public void A_digit_that_flipped_in_a_stored_zip_is_an_error()
    {
        byte[] whole = SampleFile.Zip(CompressionLevel.NoCompression, ("a.csv", Content));
        int digit = whole.AsSpan().IndexOf(".5,7\n"u8) + 3;
        whole[digit] = (byte)'9';
        using var sample = new SampleFile("flipped.zip", whole);
        Assert.That(sample.Error(), Does.Contain("damaged or cut off").And.Contain("CRC-32"));
    }

    [Test]
    public void A_zip_of_none_or_two_files_says_how_many()
    {
        using var two = new SampleFile("two.zip", SampleFile.Zip(CompressionLevel.Optimal, ("a.csv", Content), ("b.csv", Content)));
        using var none = new SampleFile("none.zip", SampleFile.Zip(CompressionLevel.Optimal));
        Assert.That(two.Error(), Does.Contain("the zip holds 2 files"));
        Assert.That(none.Error(), Does.Contain("the zip holds 0 files"));
    }

    [Test]
    public void Gzip_members_one_after_the_other_are_one_file()
    {
        using var sample = new SampleFile("members.gz", [.. SampleFile.Gzip(Content[..500]), .. SampleFile.Gzip(Content[500..])]);
        Assert.That(sample.ReadAll(), Has.Count.EqualTo(40));
    }
}

using System.IO.Compression;
using System.Text;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>Whatever happens to a file, reading it gives events or one clear error, never another exception, and events in order of time.</summary>
internal sealed class DamageTests
{
    private const ulong Seed = 20261121;
    private const int Rounds = 200;

    private static readonly string[] Samples =
    [
        "open_time_ms,open,high,low,close,volume_base\n1700000040000,10,12.5,9,11,3.25\n1700000100000,11,11,11,11,0\n1700000280000,11,12,11,12,1e-05\n",
        "1700000040000,10.00,12.50,9.00,11.00,3.25,1700000099999,35.1,7,1.1,12.2,0\n1700000100000,10.00,12.50,9.00,11.00,3.25,1700000159999,35.1,7,1.1,12.2,0\n",
        "77,10.5,2,21,1700000040000,True,True\n78,10.5,2,21,1700000040001,False,True\n",
        "local_ts_ns,event_ms,trade_ms,trade_id,price,qty,buyer_is_maker,exec_kind\n1700000038000000001,1700000040001,1700000040000,77,10.5,2,1,MARKET\n",
        "exchange_ts_us,local_ts_us,bid_price,bid_qty,ask_price,ask_qty\n1700000040000000,1700000040000009,10.5,2,10.6,3\n1700000040000007,1700000040000009,10.5,2,10.6,3\n",
        """
        1700000040000000001 {"stream":"abcusdt@bookTicker","data":{"u":5,"s":"ABCUSDT","b":"10.5","B":"2","a":"10.6","A":"3"}}
        1700000040000000002 {"stream":"abcusdt@trade","data":{"e":"trade","s":"ABCUSDT","t":77,"p":"10.6","q":"1.5","X":"MARKET","m":true}}
        """,
        """1700000040000007 {"arg":{"channel":"trades"},"data":[{"instId":"ABC-USDT","tradeId":"8","px":"10.5","sz":"1","side":"buy","ts":"1"}]}""",
    ];

    [Test]
    public void Damaged_text_gives_events_in_order_or_one_clear_error([Range(0, 6)] int sampleIndex)
    {
        byte[] whole = Encoding.UTF8.GetBytes(Samples[sampleIndex]);
        Assert.That(ReadInOrder(whole), Is.Null, "undamaged");
        Prng prng = Prng.ForPart(Seed, (uint)sampleIndex);
        int errors = 0;
        for (int round = 0; round < Rounds; round++)
        {
            errors += ReadInOrder(Damage(whole, prng)) is null ? 0 : 1;
        }

        Assert.That(errors, Is.InRange(Rounds / 4, Rounds - 1), $"seed {Seed}");
    }

    [Test]
    public void Damaged_compression_gives_the_same_events_or_one_clear_error([Values] bool isZip)
    {
        byte[] content = Encoding.UTF8.GetBytes(Samples[0]);
        byte[] whole = isZip ? SampleFile.Zip(CompressionLevel.Optimal, ("a.csv", content)) : SampleFile.Gzip(content);
        Prng prng = Prng.ForPart(Seed, isZip ? 101u : 100u);
        int errors = 0;
        for (int round = 0; round < Rounds; round++)
        {
            errors += ReadInOrder(Damage(whole, prng)) is null ? 0 : 1;
        }

        Assert.That(errors, Is.GreaterThan(Rounds / 2), $"seed {Seed}");
    }

    /// <summary>A byte changed, dropped or doubled, a piece cut out or repeated, or the end cut off; one to three times.</summary>
    private static byte[] Damage(byte[] whole, Prng prng)
    {
        var bytes = new List<byte>(whole);
        for (ulong times = 1 + prng.NextBelow(3); times > 0 && bytes.Count > 2; times--)
        {
            int at = (int)prng.NextBelow((ulong)bytes.Count - 1);
            int length = 1 + (int)prng.NextBelow((ulong)Math.Min(40, bytes.Count - at));
            switch (prng.NextBelow(5))
            {
                case 0:
                    bytes[at] = (byte)prng.NextUInt64();
                    break;
                case 1:
                    bytes[at] = (byte)"0123456789.,-e\n\" {}:"[(int)prng.NextBelow(20)];
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>The error, or null if the whole was read.</summary>
    private static string? ReadInOrder(byte[] bytes)
    {
        using var sample = new SampleFile("damaged", bytes);
        try
        {
            long last = 0;
            foreach (MarketEvent marketEvent in sample.ReadAll())
            {
                Assert.That(marketEvent.TimeNanos, Is.GreaterThanOrEqualTo(last));
                last = marketEvent.TimeNanos;
            }

            return null;
        }
        catch (MarketDataException error)
        {
            Assert.That(error.Message, Does.StartWith("file ").And.Not.Contain("\n"));
            return error.Message;
        }
    }
}

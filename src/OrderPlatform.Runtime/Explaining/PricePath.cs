using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>The price of an instrument over a span of time, from the journal's market data alone: closes of bars, trades, the middle of the book.</summary>
/// <param name="Points">Times in nanoseconds with prices times 1e8, in order; at most <see cref="PointsMax"/> and one.</param>
public sealed record PricePath(IReadOnlyList<(long TimeNanos, long Price)> Points)
{
    /// <summary>More points than a screen has columns.</summary>
    public const int PointsMax = 1_000;

    /// <summary>Reads it. Of what is too dense, the last of each part of the span stays.</summary>
    /// <param name="journal">Folder of the journal.</param>
    /// <param name="reading">How it is read; from which sequence is decided here.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="fromNanos">Begin of the span.</param>
    /// <param name="toNanos">Its end.</param>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public static PricePath Read(string journal, JournalReaderOptions reading, uint instrument, long fromNanos, long toNanos)
    {
        var points = new List<(long TimeNanos, long Price)>();
        long part = Math.Max(1, (toNanos - fromNanos) / PointsMax);
        using JournalReader reader = JournalReader.Open(journal, reading with { FromSequence = 0 });
        while (reader.TryRead(out JournalRecord record) && record.TimestampNanos <= toNanos)
        {
            if (record.IsControl || record.TimestampNanos < fromNanos || PriceOf(JournaledInput.MessageOf(record), instrument) is not { } price)
            {
                continue;
            }

            (long TimeNanos, long Price) point = (record.TimestampNanos, price);
            if (points.Count > 0 && (points[^1].TimeNanos - fromNanos) / part == (point.TimeNanos - fromNanos) / part)
            {
                points[^1] = point;
            }
            else
            {
                points.Add(point);
            }
        }

        return new PricePath(points);
    }

    private static long? PriceOf(ReadOnlySpan<byte> message, uint instrument)
    {
        if (BarDecoder.TryWrap(message, out BarDecoder bar))
        {
            return bar.InstrumentId == instrument ? bar.Close : null;
        }

        if (MarketTradeDecoder.TryWrap(message, out MarketTradeDecoder trade))
        {
            return trade.InstrumentId == instrument ? trade.Price : null;
        }

        return TopOfBookDecoder.TryWrap(message, out TopOfBookDecoder book) && book.InstrumentId == instrument && book.BidPrice > 0 && book.AskPrice > 0
            ? book.BidPrice + ((book.AskPrice - book.BidPrice) / 2)
            : null;
    }
}

using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Tests.Minimising;

/// <summary>A month of a strategy's inputs, and copies of it with a fault in them.</summary>
internal sealed class PlantedMonth : IDisposable
{
    private readonly JournalFolder _folder = new();
    private readonly List<(long TimestampNanos, byte[] Message)> _inputs = [];
    private int _copies;

    private PlantedMonth(Scenario scenario)
    {
        using (JournalWriter journal = _folder.Create())
        {
            Runs.Backtest(scenario, journal);
        }

        using JournalReader reader = _folder.Read();
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                _inputs.Add((record.TimestampNanos, JournaledInput.MessageOf(record).ToArray()));
            }
        }
    }

    /// <summary>Inputs of the sound month.</summary>
    public int Count => _inputs.Count;

    /// <summary>The sound month.</summary>
    public string Journal => Path.Combine(_folder.Path, "journal");

    /// <summary>A month of generated minutes.</summary>
    public static PlantedMonth Generated() => new(new Scenario { Minutes = 43_200, StopLoss = null, TakeProfit = null });

    /// <summary>A month of real minutes; the test is ignored where they are not there.</summary>
    public static PlantedMonth Real()
    {
        string file = ReferenceFolder.PathOf("market", "klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01.csv.gz");
        return new(new Scenario { StopLoss = null, TakeProfit = null, Source = () => MarketDataFiles.Open(file) });
    }

    /// <summary>The place of an input of a kind.</summary>
    /// <param name="share">How far into the month, from 0 to 1.</param>
    /// <param name="isWanted">Whether it is such an input.</param>
    public int PlaceOf(double share, Func<byte[], bool> isWanted) =>
        _inputs.FindIndex((int)(share * _inputs.Count), input => isWanted(input.Message)) is >= 0 and int place ? place
            : throw new InvalidOperationException("no such input");

    /// <summary>The message at a place.</summary>
    public byte[] At(int place) => [.. _inputs[place].Message];

    /// <summary>Whether a message says that an order filled.</summary>
    public static bool IsFill(byte[] message) => ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report)
        && report.Kind == ExecutionKind.Fill;

    /// <summary>A copy of the month with a message in a place of its own, or instead of another. What comes behind is the inputs of the sound month, whose ids
    /// of
    /// orders are moved on: the venue answers what it would have answered.</summary>
    public string Plant(int place, byte[] message, bool instead)
    {
        string folder = Path.Combine(_folder.Path, $"planted-{++_copies}");
        using JournalWriter writer = JournalWriter.Create(folder, JournalFolder.Options);
        long sequence = 0;
        for (int i = 0; i < _inputs.Count; i++)
        {
            if (i == place)
            {
                Append(writer, ++sequence, _inputs[i].TimestampNanos, message);
            }

            if (i != place || !instead)
            {
                Append(writer, ++sequence, _inputs[i].TimestampNanos, instead ? _inputs[i].Message : Moved(_inputs[i].Message, place));
            }
        }

        return folder;
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Moved(byte[] message, int place)
    {
        if (!OrderReference.TryRead(message, out ulong order) || Engine.Orders.ClientOrderId.SequenceOf(order) <= place)
        {
            return message;
        }

        byte[] copy = new byte[message.Length];
        OrderReference.Write(message, order + Engine.Orders.ClientOrderId.OrdersPerInputMax, copy);
        return copy;
    }

    private static void Append(JournalWriter writer, long sequence, long timestampNanos, byte[] message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        writer.Append(sequence, timestampNanos, header.TemplateId, JournalFlags.None, message);
    }
}

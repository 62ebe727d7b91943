using System.Numerics;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// What closed bars tell the naive model (D6): the sample deviation of the simple returns over a window of closes, and Wilder's average of the true ranges.
/// </summary>
internal sealed partial class NaiveEngine
{
    private const int BarsRemembered = 64;

    /// <summary>Wilder's average is kept in 64ths of the eighth place.</summary>
    private const int Guard = 64;

    private readonly Dictionary<uint, List<decimal>> _returns = [];
    private readonly Dictionary<uint, List<decimal>> _ranges = [];
    private readonly Dictionary<uint, decimal> _closes = [];

    private void CloseBar(uint instrument, decimal low, decimal high, decimal close)
    {
        List<decimal> returns = Bars(_returns, instrument);
        List<decimal> ranges = Bars(_ranges, instrument);
        if (_closes.TryGetValue(instrument, out decimal before))
        {
            ranges.Add(Math.Max(high, before) - Math.Min(low, before));
            decimal simple = MultiplyDivide(close - before, 1, before);
            if (simple <= 1_000_000m)
            {
                returns.Add(simple);
            }
            else
            {
                // After a jump to more than a million times the price it begins anew.
                returns.Clear();
            }
        }
        else
        {
            ranges.Add(high - low);
        }

        _closes[instrument] = close;
        ranges.RemoveRange(0, Math.Max(0, ranges.Count - BarsRemembered));
    }

    private static List<decimal> Bars(Dictionary<uint, List<decimal>> all, uint instrument)
    {
        if (!all.TryGetValue(instrument, out List<decimal>? own))
        {
            all[instrument] = own = [];
        }

        return own;
    }

    /// <summary>None until there are as many closes.</summary>
    private decimal? Deviation(uint instrument, int closes)
    {
        int count = closes - 1;
        List<decimal> returns = Bars(_returns, instrument);
        if (returns.Count < count)
        {
            return null;
        }

        BigInteger[] last = [.. returns.TakeLast(count).Select(Raw)];
        BigInteger sum = last.Aggregate(BigInteger.Zero, (left, right) => left + right);
        BigInteger squares = last.Aggregate(BigInteger.Zero, (left, right) => left + (right * right));
        BigInteger fourfold = 4 * ((count * squares) - (sum * sum)) / (count * (count - 1));
        return (decimal)((Root(fourfold) + 1) / 2) * Unit;
    }

    /// <summary>None until there are as many bars.</summary>
    private decimal? TrueRange(uint instrument, int period)
    {
        List<decimal> ranges = Bars(_ranges, instrument);
        if (ranges.Count < period)
        {
            return null;
        }

        decimal average = Math.Round(ranges.Take(period).Sum() / Unit * Guard / period, MidpointRounding.AwayFromZero);
        foreach (decimal range in ranges.Skip(period))
        {
            average = Math.Round(((average * (period - 1)) + (range / Unit * Guard)) / period, MidpointRounding.AwayFromZero);
        }

        return Math.Round(average / Guard, MidpointRounding.AwayFromZero) * Unit;
    }

    /// <summary>What is known now of what the exits of a strategy ask for.</summary>
    private NaiveVolatility VolatilityFor(NaivePosition position, decimal signal)
    {
        ExitRulesRecord exits = ExitsOf(position.Strategy);
        bool Asks(ExitMode mode) =>
            (exits.Stop == mode && Rules(position).StopLoss is not null) || (exits.Target == mode && Rules(position).TakeProfit is not null);
        return new NaiveVolatility(
            Asks(ExitMode.StandardDeviation) ? Deviation(position.Instrument, exits.Window) ?? 0 : 0,
            Asks(ExitMode.AverageTrueRange) ? TrueRange(position.Instrument, exits.AtrPeriod) ?? 0 : 0,
            signal);
    }

    private static BigInteger Root(BigInteger value)
    {
        BigInteger root = BigInteger.One << ((int)(value.GetBitLength() / 2) + 1);
        for (BigInteger next = (root + (value / root)) / 2; next < root; next = (root + (value / root)) / 2)
        {
            root = next;
        }

        return root;
    }

    /// <summary>Volatilities; zero is not known.</summary>
    private readonly record struct NaiveVolatility(decimal Deviation, decimal TrueRange, decimal Signal)
    {
        /// <summary>What a multiple of one is of an entry price.</summary>
        public decimal Unit(ExitMode mode, decimal entry) => mode switch
        {
            ExitMode.Fixed => entry,
            ExitMode.AverageTrueRange => TrueRange,
            ExitMode.StandardDeviation => Product(entry, Deviation),
            _ => Product(entry, Signal),
        };
    }
}

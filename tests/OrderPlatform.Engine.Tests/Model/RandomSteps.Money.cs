using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Signals, and inputs that move money without an order: funding, cash, positions held before.</summary>
internal sealed partial class RandomSteps
{
    private long _now = NaiveSetup.StartNanos;

    /// <summary>The time that the next input comes at: mostly a second later, sometimes half a day or a minute, sometimes before.</summary>
    public long NextTime(long nowNanos)
    {
        _now = nowNanos + random.Next(120) switch
        {
            0 or 1 => NaiveSetup.DayNanos / 2,
            2 or 3 => -5,
            4 or 5 => 60 * NaiveSetup.SecondNanos,
            6 => (60 * NaiveSetup.SecondNanos) - (nowNanos % (60 * NaiveSetup.SecondNanos)),
            _ => NaiveSetup.SecondNanos,
        };
        return _now;
    }

    private Step Signal()
    {
        uint strategy = random.Next(40) == 0 ? 77 : (uint)random.Next(1, 6);
        bool ends = random.Next(6) == 0;
        bool waits = random.Next(3) > 0;
        var signal = new SignalRecord
        {
            Client = ClientOf(strategy),
            Strategy = strategy,
            Instrument = InstrumentOf(strategy),
            Direction = (Direction)(random.Next(40) == 0 ? random.Next(-128, 128) : random.Next(-1, 2)),
            Id = random.Next(20) == 0 ? (ulong)random.NextInt64((long)_signals + 1) : ++_signals,
            Confidence = random.Next(4) == 0 ? null : random.Next(40, 101) / 100m,
            ExpectedReturn = random.Next(3) == 0 ? null : random.Next(-1, 30) / 1_000m,
            RiskScore = random.Next(3) == 0 ? null : random.Next(-1, 20) / 1_000m,
            Volatility = random.Next(3) == 0 ? null : random.Next(-1, 200) / 100m,
            GeneratedAtNanos = random.Next(10) == 0 ? random.Next(-1, 2) : _now + (random.Next(-40, 5) * NaiveSetup.SecondNanos),
            ValidUntilNanos = ends ? _now + (random.Next(-1, 15) * NaiveSetup.SecondNanos) : null,
            ExecuteAtNanos = waits ? _now + (random.Next(-2, 12) * NaiveSetup.SecondNanos) : null,
            Role = random.Next(30) == 0 ? (SignalRole)random.Next(255) : random.Next(2) == 0 ? (SignalRole)random.Next(1, 5) : null,
        };
        return new Step(signal.Encode(signal.Id), model => model.Signal(signal));
    }

    private Step Money() => random.Next(6) switch
    {
        < 3 => Funding(),
        3 => Cash(),
        _ => Seed(),
    };

    private Step Funding()
    {
        uint instrument = Instrument();
        bool isExtreme = random.Next(20) == 0;
        long rate = isExtreme ? Extremes[random.Next(Extremes.Length)] : random.Next(-40_000, 60_000);
        long? mark = random.Next(3) == 0 ? null : random.Next(30) == 0 ? Extremes[random.Next(Extremes.Length)] : Fine(Cents(random.Next(9_700, 10_300)));
        long time = random.Next(6) == 0 ? _fundings - random.Next(2) : ++_fundings;
        mark = mark == long.MinValue ? null : mark;
        return new Step(
            MoneyInputs.Funding(instrument, rate, mark, time),
            model => model.FundingRate(instrument, Scaled.Of(rate), mark is { } known ? Scaled.Of(known) : null, time));
    }

    private Step Cash()
    {
        uint account = random.Next(20) == 0 ? 9 : (uint)random.Next(1, 4);
        var kind = (CashKind)(random.Next(30) == 0 ? random.Next(256) : random.Next(1, 5));
        long size = account == 3 ? random.Next(1, 1_000) * 1_000_000L : random.Next(1, 100_000) * 1_000_000L;
        long amount = random.Next(30) == 0 ? Extremes[random.Next(Extremes.Length)]
            : kind == CashKind.Withdrawal == (random.Next(20) > 0) ? -size
            : size;
        ulong id = random.Next(5) == 0 ? (ulong)random.NextInt64((long)_movements + 1) : ++_movements;
        return new Step(MoneyInputs.Cash(account, kind, amount, id), model => model.CashMovement(account, kind, Scaled.Of(amount), id));
    }

    private Step Seed()
    {
        uint strategy = random.Next(30) == 0 ? 77 : (uint)random.Next(1, 6);
        uint instrument = InstrumentOf(strategy);
        PositionLeg leg = random.Next(3) == 0 ? One(PositionLeg.Long, PositionLeg.Short, PositionLeg.Net, (PositionLeg)9) : PositionLeg.NULL_VALUE;
        long quantity = random.Next(30) == 0 ? Extremes[random.Next(Extremes.Length)] : random.Next(-60, 60) * (random.Next(10) == 0 ? 150_000L : 10_000_000L);
        long average = random.Next(30) == 0 ? Extremes[random.Next(Extremes.Length)] : Fine(Cents(random.Next(9_700, 10_300)));
        long realised = random.Next(30) == 0 ? Extremes[random.Next(Extremes.Length)] : random.Next(-10_000, 10_000) * 100_000L;
        long fees = random.Next(30) == 0 ? Extremes[random.Next(Extremes.Length)] : random.Next(-10, 1_000) * 100_000L;
        return new Step(
            MoneyInputs.Seed(strategy, instrument, leg, quantity, average, realised, fees),
            model => model.Seed(strategy, instrument, leg, Scaled.Of(quantity), Scaled.Of(average), Scaled.Of(realised), Scaled.Of(fees)));
    }
}

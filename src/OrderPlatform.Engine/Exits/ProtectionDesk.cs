using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>
/// Keeps the protection of positions in line with them (T15): made with the first fill of a round, made again around the average price with each later one, gone
/// with the last. The volatilities are those of the entry and stay so. The protective quantity is the position's own, since an exit is ordered when a level is
/// touched, for what is then held. Where a level that the rules ask for cannot be made, an alarm says so at once and each minute, with the age.
/// </summary>
internal static class ProtectionDesk
{
    /// <summary>An alarm repeats after so long.</summary>
    public const long AlarmNanos = 60_000_000_000;

    /// <summary>A position changed.</summary>
    public static void OnPosition(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        ref Protection protection = ref state.Positions.ProtectionOf(row);
        bool isWanted = !position.Quantity.IsZero && state.Strategies[position.Strategy].Exits.IsAny;
        if (!isWanted && protection.RoundNumber == 0)
        {
            return;
        }

        if (isWanted)
        {
            if (protection.RoundNumber != position.Round.Number)
            {
                Begin(state, ref position, ref protection);
            }

            Place(state, row);
        }
        else
        {
            End(state, ref position, ref protection);
        }

        ProtectionRecords.Write(state, row);
    }

    /// <summary>The rules of a strategy changed.</summary>
    public static void OnRules(EngineState state, int strategy)
    {
        for (int row = state.Strategies[strategy].FirstPosition; row >= 0; row = state.Positions[row].NextOfStrategy)
        {
            OnPosition(state, row);
        }
    }

    /// <summary>A bar closed: a volatility may be known now.</summary>
    public static void OnBarClosed(EngineState state, int row)
    {
        if (state.Positions.ProtectionOf(row).UnprotectedSinceNanos != 0 && TryComplete(state, row))
        {
            ProtectionRecords.Write(state, row);
        }
    }

    /// <summary>It is time to say again that a level is missing.</summary>
    public static void OnAlarm(EngineState state, int row)
    {
        state.Positions.ProtectionOf(row).AlarmTimer = TimerTable.None;
        if (TryComplete(state, row))
        {
            ProtectionRecords.Write(state, row);
        }
    }

    private static bool TryComplete(EngineState state, int row)
    {
        Place(state, row);
        return state.Positions.ProtectionOf(row).UnprotectedSinceNanos == 0;
    }

    private static void Begin(EngineState state, ref Position position, ref Protection protection)
    {
        End(state, ref position, ref protection);
        protection.RoundNumber = position.Round.Number;
        protection.SignalVolatility = protection.PendingVolatility;
        protection.PendingVolatility = Ratio.Zero;
    }

    private static void End(EngineState state, ref Position position, ref Protection protection)
    {
        state.Timers.Cancel(ref position.ExitTimer);
        state.Timers.Cancel(ref protection.AlarmTimer);
        protection = Protection.None with { PendingVolatility = protection.PendingVolatility };
    }

    private static void Place(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        ref Protection protection = ref state.Positions.ProtectionOf(row);
        ref ExitRules rules = ref state.Strategies[position.Strategy].Exits;
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        Price entry = Valuation.AveragePrice(state, position);
        Recall(state, position, ref protection, rules);
        var volatility = new ExitVolatility(protection.Volatility, protection.TrueRange, protection.SignalVolatility);
        bool complete = ExitLevels.TryMake(rules, position.Quantity.Raw > 0, entry, instrument.PriceTick, volatility, out ProtectionLevels levels);
        protection.StopPrice = levels.Stop;
        protection.TargetPrice = levels.Target;
        Trailing.Start(position, instrument, entry, rules, ref protection);
        SetTimeExit(state, row, rules);

        // Dust whose cost rounds to nothing has no entry price, and so no levels; there is nothing to lose either.
        Warn(state, row, complete || entry.IsZero);
    }

    // Asked for again only where it was not known, or the rules did not ask for it before.
    private static void Recall(EngineState state, in Position position, ref Protection protection, in ExitRules rules)
    {
        if (protection.Volatility.IsZero || protection.TrueRange.IsZero)
        {
            var known = ExitVolatility.Of(state.Histories[position.Instrument], rules, protection.SignalVolatility);
            protection.Volatility = protection.Volatility.IsZero ? known.Deviation : protection.Volatility;
            protection.TrueRange = protection.TrueRange.IsZero ? known.TrueRange : protection.TrueRange;
        }
    }

    private static void SetTimeExit(EngineState state, int row, in ExitRules rules)
    {
        ref Position position = ref state.Positions[row];
        ref Protection protection = ref state.Positions.ProtectionOf(row);
        long due = rules.MaximumHoldNanos == 0 ? 0
            : position.Round.EntryTimeNanos > long.MaxValue - rules.MaximumHoldNanos ? long.MaxValue
            : position.Round.EntryTimeNanos + rules.MaximumHoldNanos;
        if (due == protection.ExitAtNanos)
        {
            return;
        }

        state.Timers.Cancel(ref position.ExitTimer);
        protection.ExitAtNanos = due;
        if (due != 0)
        {
            position.ExitTimer = state.Timers.Set(due, TimerKind.TimeExit, row);
        }
    }

    private static void Warn(EngineState state, int row, bool complete)
    {
        ref Position position = ref state.Positions[row];
        ref Protection protection = ref state.Positions.ProtectionOf(row);
        if (complete)
        {
            protection.UnprotectedSinceNanos = 0;
            state.Timers.Cancel(ref protection.AlarmTimer);
        }
        else if (protection.AlarmTimer == TimerTable.None)
        {
            protection.UnprotectedSinceNanos = protection.UnprotectedSinceNanos == 0 ? state.NowNanos : protection.UnprotectedSinceNanos;
            protection.AlarmTimer = state.Timers.Set(state.NowNanos + AlarmNanos, TimerKind.Protection, row);
            ulong subject = ((ulong)state.Strategies[position.Strategy].Id << 32) | state.Instruments[position.Instrument].Id;
            Events.Alert(state, Severity.Critical, ReasonCode.Unprotected, 0, subject, position.Quantity.Raw, state.NowNanos - protection.UnprotectedSinceNanos);
        }
    }
}

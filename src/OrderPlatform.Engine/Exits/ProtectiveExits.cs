using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>
/// Tests what the market did against the protection of positions (R47, R123 to R127, D6). What is touched leaves by a market order for all that is held; after a gap
/// that is the market's price, not the stop's. A trade touches at its price, a bar at its low and high, a quote where the position would leave: a long one at the
/// bid, a short one at the ask. The first of stop loss, trailing stop (of both the nearer one), take profit and time exit names the reason, and it stays the
/// only one: the order within a bar is unknown, and the worse one is assumed.
/// </summary>
internal static class ProtectiveExits
{
    public static void Test(EngineState state, int row, in PriceRange range, bool isQuote)
    {
        if (state.Positions.ProtectionOf(row).RoundNumber == 0)
        {
            return;
        }

        ref Position position = ref state.Positions[row];
        PriceRange own = !isQuote ? range : position.Quantity.Raw > 0 ? new PriceRange(range.Low, range.Low) : new PriceRange(range.High, range.High);
        if (!IsLeaving(state, position))
        {
            Leave(state, row, Reached(state, row, own));
        }
    }

    /// <summary>A position was held for as long as it may (R125).</summary>
    public static void OnTimeExit(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        position.ExitTimer = TimerTable.None;
        if (!position.Quantity.IsZero && !IsLeaving(state, position))
        {
            Leave(state, row, ExitReason.TimeExit);
        }
    }

    private static void Leave(EngineState state, int row, ExitReason reason)
    {
        if (reason != ExitReason.None)
        {
            IntentProcessor.Want(state, row, new Intent
            {
                State = IntentState.Ready,
                Target = Direction.Neutral,
                ExitReason = reason,
                AtMarket = true,
                DecisionPrice = state.Instruments[state.Positions[row].Instrument].Mark,
            });
        }
    }

    private static bool IsLeaving(EngineState state, in Position position) =>
        position.Intent is { State: IntentState.Ready, AtMarket: true } || Outlook.IsLeavingAtMarket(state, position);

    private static ExitReason Reached(EngineState state, int row, in PriceRange range)
    {
        ref Position position = ref state.Positions[row];
        ref Protection protection = ref state.Positions.ProtectionOf(row);
        bool isLong = position.Quantity.Raw > 0;
        var levels = new ProtectionLevels(protection.StopPrice, protection.TargetPrice);
        ExitReason touched = levels.Touched(isLong, range);
        if (touched != ExitReason.StopLoss || !protection.BestPrice.IsZero)
        {
            Price before = protection.TrailingPrice;
            bool isTrailed = IsTrailed(state, row, range);
            bool isNearer = touched != ExitReason.StopLoss || (isLong ? before > protection.StopPrice : before < protection.StopPrice);
            touched = isTrailed && isNearer ? ExitReason.TrailingStop : touched;
        }

        return touched != ExitReason.None ? touched
            : protection.ExitAtNanos != 0 && state.NowNanos >= protection.ExitAtNanos ? ExitReason.TimeExit
            : ExitReason.None;
    }

    private static bool IsTrailed(EngineState state, int row, in PriceRange range)
    {
        ref Position position = ref state.Positions[row];
        ref Protection protection = ref state.Positions.ProtectionOf(row);
        ref ExitRules rules = ref state.Strategies[position.Strategy].Exits;
        if (rules.TrailingOffset.IsZero)
        {
            return false;
        }

        Price entry = Valuation.AveragePrice(state, position);
        Price before = protection.TrailingPrice;
        bool touched = !entry.IsZero && Trailing.Observe(position, state.Instruments[position.Instrument], entry, rules, range, ref protection);
        if (protection.TrailingPrice != before)
        {
            ProtectionRecords.Write(state, row);
        }

        return touched;
    }
}

using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>
/// Stop loss and take profit as fractions of the average entry price (R47, R123, R124, D6 <c>fixed</c>): stop = entry × (1 ∓ stop loss), target = entry ×
/// (1 ± take profit), half away from zero. What is touched leaves by a market order for all that is held; after a gap that is the market's
/// price, not the stop's. If one bar touched both, the stop counts: the order within a bar is unknown, and the worse one is assumed.
/// </summary>
internal static class ProtectiveExits
{
    public static void Test(EngineState state, int row, in PriceRange range)
    {
        ref Position position = ref state.Positions[row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        if ((strategy.Exits.StopLoss.IsZero && strategy.Exits.TakeProfit.IsZero) || IsLeaving(state, position))
        {
            return;
        }

        ExitReason reason = Reached(state, position, strategy, range);
        if (reason != ExitReason.None)
        {
            IntentProcessor.Want(state, row, new Intent
            {
                State = IntentState.Ready,
                Target = Direction.Neutral,
                ExitReason = reason,
                AtMarket = true,
            });
        }
    }

    private static bool IsLeaving(EngineState state, in Position position) =>
        position.Intent is { State: IntentState.Ready, AtMarket: true }
        || (position.WorkingParent >= 0 && state.Parents[position.WorkingParent] is { Type: OrderType.Market, Target: var target } && target != position.Side);

    private static ExitReason Reached(EngineState state, in Position position, in Strategy strategy, in PriceRange range)
    {
        bool isLong = position.Quantity.Raw > 0;
        long entry = Valuation.AveragePrice(state, position).Raw;
        if (entry == 0)
        {
            // Dust whose cost rounds to nothing has no entry price, and so no levels.
            return ExitReason.None;
        }

        if (!strategy.Exits.StopLoss.IsZero)
        {
            long stop = Level(entry, isLong ? -strategy.Exits.StopLoss.Raw : strategy.Exits.StopLoss.Raw);
            if (isLong ? range.Low.Raw <= stop : range.High.Raw >= stop)
            {
                return ExitReason.StopLoss;
            }
        }

        if (!strategy.Exits.TakeProfit.IsZero)
        {
            long target = Level(entry, isLong ? strategy.Exits.TakeProfit.Raw : -strategy.Exits.TakeProfit.Raw);
            if (isLong ? range.High.Raw >= target : range.Low.Raw <= target)
            {
                return ExitReason.TakeProfit;
            }
        }

        return ExitReason.None;
    }

    private static long Level(long entry, long fraction) =>
        FixedPoint.TryMultiplyDivide(entry, FixedPoint.One + fraction, FixedPoint.One, out long level) ? level : fraction > 0 ? long.MaxValue : 0;
}

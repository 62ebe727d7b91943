using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// Which leg an order changes. A netting account has one position a strategy and instrument, which orders of either side change. A hedging account has a long
/// and a short one side by side: buying adds to the long leg and takes from the short one, so whoever orders says which; a leg never crosses zero by an
/// order of ours.
/// </summary>
public static class Legs
{
    /// <summary>The leg of what somebody wants.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="strategy">Row of the strategy.</param>
    /// <param name="instrument">Row of the instrument.</param>
    /// <param name="wanted">What the sender says; its null value or Net where it says nothing.</param>
    /// <param name="opens">The side that a position has which this would open.</param>
    /// <param name="leg">Net with netting; with hedging what is wanted, else the leg of <paramref name="opens"/>.</param>
    /// <returns>
    /// <see cref="ReasonCode.None"/>, <see cref="ReasonCode.NoAccountAtVenue"/>, or <see cref="ReasonCode.InvalidValue"/> for a leg that there is not.
    /// </returns>
    public static ReasonCode TryOf(EngineState state, int strategy, int instrument, PositionLeg wanted, Direction opens, out PositionLeg leg)
    {
        leg = PositionLeg.Net;
        int account = PositionTable.AccountOf(state, strategy, instrument);
        if (account < 0)
        {
            return ReasonCode.NoAccountAtVenue;
        }

        bool isSilent = wanted is PositionLeg.Net or PositionLeg.NULL_VALUE;
        if (state.Accounts[account].PositionMode != PositionMode.Hedging)
        {
            return isSilent ? ReasonCode.None : ReasonCode.InvalidValue;
        }

        leg = isSilent ? Of(opens) : wanted;
        return leg is PositionLeg.Long or PositionLeg.Short ? ReasonCode.None : ReasonCode.InvalidValue;
    }

    /// <summary>
    /// The leg of an order by request: what it says; else, with hedging, buying is the long leg and selling the short one, and the other way round where it
    /// only reduces.
    /// </summary>
    public static ReasonCode TryOfOrder(EngineState state, int strategy, int instrument, PositionLeg wanted, Side side, bool reduceOnly, out PositionLeg leg) =>
        TryOf(state, strategy, instrument, wanted, side == Side.Buy == !reduceOnly ? Direction.Long : Direction.Short, out leg);

    /// <summary>
    /// The leg of a signal: with hedging that of its direction, which closes the other one besides; to be flat, the one that is held, the long one first.
    /// </summary>
    public static ReasonCode TryOfSignal(EngineState state, int strategy, int instrument, Direction direction, out PositionLeg leg)
    {
        Direction opens = direction;
        if (direction != Direction.Short && direction != Direction.Long)
        {
            bool isShort = IsHeld(state, strategy, instrument, PositionLeg.Short) && !IsHeld(state, strategy, instrument, PositionLeg.Long);
            opens = isShort ? Direction.Short : Direction.Long;
        }

        return TryOf(state, strategy, instrument, PositionLeg.NULL_VALUE, opens, out leg);
    }

    /// <summary>Row of the other leg of a position of a hedging account, or -1 where there is none.</summary>
    public static int Other(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        PositionLeg other = position.Leg switch
        {
            PositionLeg.Long => PositionLeg.Short,
            PositionLeg.Short => PositionLeg.Long,
            _ => PositionLeg.Net,
        };
        return other != PositionLeg.Net && state.Positions.TryFind(position.Strategy, position.Instrument, other, out int found) ? found : -1;
    }

    /// <summary>Whether an order of a side adds to a position's leg; always so with netting, where the position's own side decides.</summary>
    public static bool MayOpen(in Position position, Side side) =>
        position.Leg switch
        {
            PositionLeg.Long => side == Side.Buy,
            PositionLeg.Short => side == Side.Sell,
            _ => true,
        };

    private static bool IsHeld(EngineState state, int strategy, int instrument, PositionLeg leg) =>
        state.Positions.TryFind(strategy, instrument, leg, out int row) && !state.Positions[row].Quantity.IsZero;

    private static PositionLeg Of(Direction opens) => opens == Direction.Short ? PositionLeg.Short : PositionLeg.Long;
}

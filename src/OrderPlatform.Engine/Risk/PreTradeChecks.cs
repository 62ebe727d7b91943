
namespace OrderPlatform.Engine.Risk;

/// <summary>
/// The checks before an order goes out (R109 to R121, R193): all that apply are made and recorded with their numbers; the first that refuses decides. What only
/// reduces a position is checked for the venue's rules alone (D16), an amend for what it changes. The table of all checks is in this folder's README.
/// </summary>
internal static class PreTradeChecks
{
    /// <summary>Checks an order, and records what each check found.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="order">The order.</param>
    /// <param name="isWhole">Whether it is a parent order as a whole, which goes out in parts: rules of one order's size do not hold for it (D3).</param>
    /// <returns><c>null</c> if it may go out.</returns>
    public static Refusal? Check(EngineState state, in ProposedOrder order, bool isWhole = false)
    {
        var checkedOrder = new CheckedOrder(state, in order, isWhole);
        CheckList list = default;
        if (!TradingStateChecks.IsReconciling(checkedOrder, ref list))
        {
            OrderChecks.VenueRules(checkedOrder, ref list);
            if (!order.Opening.IsZero)
            {
                CheckOpening(checkedOrder, ref list);
            }
            else if (order.Repricing)
            {
                CheckPrice(checkedOrder, ref list);
            }
        }

        Refusal? refusal = list.Refusal;
        CheckRecords.Checked(checkedOrder, list);
        if (refusal is null)
        {
            state.Positions.TallyOf(order.Position).ChecksPassed++;
        }
        else
        {
            state.Positions.TallyOf(order.Position).ChecksFailed++;
        }

        return refusal;
    }

    // Another price of what was ordered before: no more quantity, but more value, and another place in the market.
    private static void CheckPrice(in CheckedOrder order, ref CheckList list)
    {
        OrderChecks.Notional(order, ref list);
        PriceChecks.Collar(order, ref list);
        PriceChecks.Stale(order, ref list);
        CapitalChecks.Balance(order, ref list);
        FlowChecks.SelfTrade(order, ref list);
    }

    private static void CheckOpening(in CheckedOrder order, ref CheckList list)
    {
        LossChecks.DailyLoss(order, ref list);
        LossChecks.Drawdown(order, ref list);
        TradingStateChecks.State(order, ref list);
        TradingStateChecks.Breaker(order, ref list);
        OrderChecks.Quantity(order, ref list);
        OrderChecks.Notional(order, ref list);
        PriceChecks.Collar(order, ref list);
        PriceChecks.Stale(order, ref list);
        PriceChecks.Slippage(order, ref list);
        PositionChecks.Size(order, ref list);
        PositionChecks.Concentration(order, ref list);
        LossChecks.PerTrade(order, ref list);
        CapitalChecks.Leverage(order, ref list);
        CapitalChecks.Balance(order, ref list);
        FlowChecks.OpenOrders(order, ref list);
        FlowChecks.MessageRate(order, ref list);
        FlowChecks.SelfTrade(order, ref list);
    }
}

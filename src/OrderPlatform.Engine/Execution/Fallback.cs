using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>What did not fill at a limit goes to the market, where the strategy says so (R74).</summary>
internal static class Fallback
{
    /// <summary>Makes the parent's further orders market orders.</summary>
    /// <returns><c>false</c> if the strategy does not want it.</returns>
    public static bool TryBegin(EngineState state, ref ParentOrder parent)
    {
        if (!state.Strategies[state.Positions[parent.Position].Strategy].Execution.FallbackToMarket)
        {
            return false;
        }

        parent.Type = OrderType.Market;
        parent.TimeInForce = TimeInForce.GoodTillCancelled;
        parent.PostOnly = false;
        parent.Reason = ReasonCode.FallbackToMarket;
        return true;
    }
}

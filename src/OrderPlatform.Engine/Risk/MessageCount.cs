using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// Requests to venues in a window, of a client and of a strategy (R108): the window begins with the first request after the one before ended. All requests
/// count, also cancels and what reduces; only what opens is refused by the count. Nothing is counted where nothing is limited.
/// </summary>
internal static class MessageCount
{
    /// <summary>A request goes to a venue.</summary>
    public static void OnSent(EngineState state, int position)
    {
        ref Strategy strategy = ref state.Strategies[state.Positions[position].Strategy];
        ref Client client = ref state.Clients[strategy.Client];
        if (strategy.Limits.MaximumMessages != uint.MaxValue)
        {
            Count(state.NowNanos, strategy.Limits.MessageWindowNanos, ref strategy.MessageWindowStartNanos, ref strategy.Messages);
        }

        if (client.Limits.MaximumMessages != uint.MaxValue)
        {
            Count(state.NowNanos, client.Limits.MessageWindowNanos, ref client.MessageWindowStartNanos, ref client.Messages);
        }
    }

    /// <summary>How many were sent in the window that holds this time.</summary>
    public static long InWindow(long nowNanos, long windowNanos, long startNanos, uint count) => nowNanos - startNanos >= windowNanos ? 0 : count;

    private static void Count(long nowNanos, long windowNanos, ref long startNanos, ref uint count)
    {
        if (nowNanos - startNanos >= windowNanos)
        {
            startNanos = nowNanos;
            count = 0;
        }

        count += count == uint.MaxValue ? 0u : 1u;
    }
}

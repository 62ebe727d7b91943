namespace OrderPlatform.Engine.ReferenceData;

/// <summary>
/// What is promised to clients of the tables that all share: rows of orders and positions, places to remember fills. Promises never exceed the tables, so
/// that a client always has what was promised to it, whatever others do (R26, R27).
/// </summary>
internal static class Quotas
{
    /// <summary>Whether another client's promise fits beside those that were made.</summary>
    public static bool Fit(EngineState state, uint orders, uint positions)
    {
        long ordersLeft = state.Limits.Orders;
        long positionsLeft = state.Limits.Positions;
        foreach (ref Client client in state.Clients.Rows)
        {
            ordersLeft -= client.MaximumOrders;
            positionsLeft -= client.MaximumPositions;
        }

        return orders > 0 && positions > 0 && orders <= ordersLeft && positions <= positionsLeft;
    }

    /// <summary>The first place for fills of the next client: behind those of the clients before.</summary>
    public static uint NextFillBase(EngineState state)
    {
        uint places = 0;
        foreach (ref Client client in state.Clients.Rows)
        {
            places += client.FillPlaces;
        }

        return places;
    }
}

namespace OrderPlatform.Engine;

/// <summary>
/// The bounds of the engine's tables (law 6). At a bound the input is rejected with <c>TableFull</c>. They are part of the rules: two engines
/// that replay one journal must have the same, so every deployment uses <see cref="Default"/> and only tests make others. Rows of orders, positions and fills
/// are promised to clients when these are configured; a promise that does not fit is refused with <c>QuotaNotFree</c>.
/// </summary>
/// <param name="Venues">Venues.</param>
/// <param name="Instruments">Instruments of all venues.</param>
/// <param name="Clients">Clients.</param>
/// <param name="Accounts">Accounts of all clients.</param>
/// <param name="Strategies">Strategies of all clients.</param>
/// <param name="Positions">Strategies' positions in instruments that ever had a signal or an order.</param>
/// <param name="Orders">Open orders, and ended ones that are still remembered for late reports; as many parent orders, and twice as many remembered fills.</param>
/// <param name="Budgets">Rate budgets.</param>
/// <param name="ClientOrders">Orders promised to a client whose configuration does not say.</param>
/// <param name="ClientPositions">Positions promised to a client whose configuration does not say.</param>
public sealed record EngineLimits(
    int Venues, int Instruments, int Clients, int Accounts, int Strategies, int Positions, int Orders, int Budgets, int ClientOrders, int ClientPositions)
{
    /// <summary>What every deployment uses.</summary>
    public static readonly EngineLimits Default = new(
        Venues: 64, Instruments: 16_384, Clients: 1_024, Accounts: 4_096, Strategies: 4_096, Positions: 32_768, Orders: 131_072, Budgets: 4_096,
        ClientOrders: 4_096, ClientPositions: 1_024);

    /// <summary>The most places to remember fills that a client has; by default as many as its orders allow.</summary>
    public int ClientFills { get; init; } = int.MaxValue;

    /// <summary>Places to remember fills.</summary>
    public int RememberedFills => Orders * (int)Engine.Orders.FillMemory.PlacesPerOrder;

    /// <summary>Timers: one of each order, parent order, position three times, budget, account's queue, and breaker.</summary>
    public int Timers => (Orders * 2) + (Positions * 3) + Budgets + Accounts + Venues + Clients + Strategies;

    /// <summary>Balances in third assets.</summary>
    public int AssetBalances => Accounts * Engine.Accounts.AssetBalanceTable.PerAccount;
}

namespace OrderPlatform.Engine;

/// <summary>
/// The bounds of the engine's tables (law 6). At a bound the input is rejected with <c>TableFull</c>. They are part of the rules: two engines
/// that replay one journal must have the same, so every deployment uses <see cref="Default"/> and only tests make others.
/// </summary>
/// <param name="Venues">Venues.</param>
/// <param name="Instruments">Instruments of all venues.</param>
/// <param name="Clients">Clients.</param>
/// <param name="Accounts">Accounts of all clients.</param>
/// <param name="Strategies">Strategies of all clients.</param>
/// <param name="Positions">Pairs of strategy and instrument that ever had a signal or an order.</param>
/// <param name="Orders">Open orders, and ended ones that are still remembered for late reports; the oldest ended one makes room.</param>
/// <param name="RememberedFills">Venue trade ids remembered to recognise doubled fills; the oldest makes room.</param>
public sealed record EngineLimits(
    int Venues, int Instruments, int Clients, int Accounts, int Strategies, int Positions, int Orders, int RememberedFills)
{
    /// <summary>What every deployment uses.</summary>
    public static readonly EngineLimits Default = new(
        Venues: 64, Instruments: 4_096, Clients: 1_024, Accounts: 1_024, Strategies: 1_024, Positions: 4_096, Orders: 16_384, RememberedFills: 65_536);
}

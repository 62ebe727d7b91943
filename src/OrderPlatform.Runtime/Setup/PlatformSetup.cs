namespace OrderPlatform.Runtime.Setup;

/// <summary>
/// Reference data of a run. It enters the journal as inputs before anything else, so the journal replays without any configuration file (law 2).
/// </summary>
/// <param name="ShardId">The shard, 0 to 63.</param>
/// <param name="Epoch">The start of the shard's live engine, from 1.</param>
/// <param name="Venues">Venues.</param>
/// <param name="Instruments">Instruments.</param>
/// <param name="Clients">Clients.</param>
/// <param name="Accounts">Accounts.</param>
/// <param name="Strategies">Strategies.</param>
/// <param name="Limits">Limits of clients and strategies.</param>
/// <param name="Seeds">Positions held before the journal began.</param>
public sealed record PlatformSetup(
    int ShardId,
    int Epoch,
    IReadOnlyList<VenueSetup> Venues,
    IReadOnlyList<InstrumentSetup> Instruments,
    IReadOnlyList<ClientSetup> Clients,
    IReadOnlyList<AccountSetup> Accounts,
    IReadOnlyList<StrategySetup> Strategies,
    IReadOnlyList<LimitSetup> Limits,
    IReadOnlyList<SeedSetup> Seeds)
{
    /// <summary>How strategies' signals are filtered; a strategy without such rules passes all.</summary>
    public IReadOnlyList<SignalRulesSetup> SignalRules { get; init; } = [];

    /// <summary>How strategies' orders are carried out; a strategy without such rules sends them at once.</summary>
    public IReadOnlyList<ExecutionSetup> Executions { get; init; } = [];

    /// <summary>How strategies' positions end beyond fixed stops and targets.</summary>
    public IReadOnlyList<ExitSetup> Exits { get; init; } = [];

    /// <summary>Rate budgets.</summary>
    public IReadOnlyList<BudgetSetup> Budgets { get; init; } = [];

    /// <summary>Circuit breakers.</summary>
    public IReadOnlyList<BreakerSetup> Breakers { get; init; } = [];
}

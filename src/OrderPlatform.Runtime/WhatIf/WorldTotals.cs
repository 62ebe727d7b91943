using OrderPlatform.Engine;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>What a client has at the end of a world, in its currency, times 1e8.</summary>
/// <param name="ClientId">Whose; 0 for all together.</param>
/// <param name="Realised">Realised profit before fees.</param>
/// <param name="Unrealised">Profit of what is still held, at the last prices.</param>
/// <param name="Fees">Fees.</param>
/// <param name="Funding">Funding received.</param>
/// <param name="Equity">Equity at the last prices.</param>
public sealed record ClientResult(uint ClientId, Int128 Realised, Int128 Unrealised, Int128 Fees, Int128 Funding, Int128 Equity)
{
    /// <summary>Realised and not, funding, less fees.</summary>
    public Int128 Net => Realised + Unrealised + Funding - Fees;
}

/// <summary>What a world came to.</summary>
public sealed record WorldTotals
{
    /// <summary>Orders.</summary>
    public required long Orders { get; init; }

    /// <summary>Fills.</summary>
    public required long Fills { get; init; }

    /// <summary>Orders and signals that checks refused.</summary>
    public required long Refusals { get; init; }

    /// <summary>Refusals by reason.</summary>
    public required IReadOnlyDictionary<ReasonCode, long> RefusalsByReason { get; init; }

    /// <summary>Orders that venues rejected.</summary>
    public required long Rejected { get; init; }

    /// <summary>Decisions.</summary>
    public required long Decisions { get; init; }

    /// <summary>Largest fall of the result of all clients from its highest, times 1e8: looked at once a minute and where something happened.</summary>
    public required Int128 Drawdown { get; init; }

    /// <summary>Each client.</summary>
    public required IReadOnlyList<ClientResult> Clients { get; init; }

    /// <summary>All clients, their currencies taken for one.</summary>
    public required ClientResult All { get; init; }

    /// <summary>Digest of all outputs.</summary>
    public required ulong OutputDigest { get; init; }

    internal static WorldTotals Of(WorldLog log, BusinessLogicProcessor engine)
    {
        EngineState state = engine.State;
        var clients = new List<ClientResult>();
        for (int row = 0; row < state.Clients.Count; row++)
        {
            PortfolioTotals totals = Portfolio.OfClient(state, row);
            clients.Add(new ClientResult(state.Clients[row].Id, totals.Realised, totals.Unrealised, totals.Fees, totals.Funding, totals.Equity));
        }

        return new WorldTotals
        {
            Orders = log.OrderCount,
            Fills = log.FillCount,
            Refusals = log.RefusalCount,
            RefusalsByReason = log.Refusals,
            Rejected = log.RejectedCount,
            Decisions = log.DecisionCount,
            Drawdown = log.Drawdown,
            Clients = clients,
            All = clients.Aggregate(new ClientResult(0, 0, 0, 0, 0, 0), static (sum, one) => new ClientResult(
                0, sum.Realised + one.Realised, sum.Unrealised + one.Unrealised, sum.Fees + one.Fees, sum.Funding + one.Funding, sum.Equity + one.Equity)),
            OutputDigest = engine.Outputs.Digest,
        };
    }
}

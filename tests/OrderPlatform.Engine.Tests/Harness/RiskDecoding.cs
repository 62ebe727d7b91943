using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>One check of an order.</summary>
internal sealed record Checked(CheckKind Check, Scope Scope, bool Passed, decimal Value, decimal Limit);

/// <summary>All checks of an order.</summary>
internal sealed record ChecksMade(uint Client, uint Strategy, ReasonCode Reason, decimal Quantity, decimal Price, Checked[] All)
{
    /// <summary>The entry of a kind.</summary>
    public Checked Of(CheckKind kind) => All.Single(entry => entry.Check == kind);

    public bool Has(CheckKind kind) => All.Any(entry => entry.Check == kind);
}

/// <summary>A circuit breaker's new state.</summary>
internal sealed record BreakerNews(Scope Scope, uint Id, BreakerState State, ReasonCode Reason, long Count, long Limit, long UntilNanos);

/// <summary>A new trading state.</summary>
internal sealed record StateNews(Scope Scope, uint Id, TradingState State, ReasonCode Reason, decimal Value, decimal Limit);

/// <summary>Decodes the outputs of risk.</summary>
internal static class RiskDecoding
{
    public static ChecksMade Checks(ReadOnlySpan<byte> bytes)
    {
        var d = CheckEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        var all = new List<Checked>();
        (uint client, uint strategy, ReasonCode reason, decimal quantity, decimal price) = (d.ClientId, d.StrategyId, d.Reason, Of(d.Quantity), Of(d.Price));
        CheckEventDecoder.ChecksDecoder entries = d.GetChecks();
        while (entries.MoveNext())
        {
            all.Add(new Checked(entries.Check, entries.Scope, entries.Passed == YesNo.Yes, Of(entries.Value), Of(entries.Limit)));
        }

        return new ChecksMade(client, strategy, reason, quantity, price, [.. all]);
    }

    public static BreakerNews Breaker(ReadOnlySpan<byte> bytes)
    {
        var d = BreakerEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new BreakerNews(d.Scope, d.ScopeId, d.State, d.Reason, d.Count_, d.Limit, d.UntilNanos);
    }

    public static StateNews State(ReadOnlySpan<byte> bytes)
    {
        var d = TradingStateEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new StateNews(d.Scope, d.ScopeId, d.State, d.Reason, Of(d.Value), Of(d.Limit));
    }
}

using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>
/// The list budgets: names of published limits, and budgets of one's own (R55, R133, D14). The client's bucket of orders.rate_limit_orders comes first.
/// </summary>
internal static class BudgetSection
{
    // Published limits that count requests of orders, whom they count for and what; the others count questions and market data.
    private static readonly (string Name, Scope Scope, BudgetUnit Unit)[] Published =
    [
        ("binance.spot.weight", Scope.Venue, BudgetUnit.Weight),
        ("binance.spot.orders10s", Scope.Account, BudgetUnit.Unfilled),
        ("binance.spot.ordersDay", Scope.Account, BudgetUnit.Unfilled),
        ("binance.usdm.weight", Scope.Venue, BudgetUnit.Weight),
        ("binance.usdm.orders10s", Scope.Account, BudgetUnit.Orders),
        ("binance.usdm.orders1m", Scope.Account, BudgetUnit.Orders),
        ("okx.order.perInstrument.place", Scope.Instrument, BudgetUnit.Orders),
        ("okx.order.perInstrument.cancel", Scope.Instrument, BudgetUnit.Cancels),
        ("okx.order.perInstrument.batchOrders", Scope.Instrument, BudgetUnit.Orders),
        ("okx.order.account", Scope.Account, BudgetUnit.Orders),
        ("coinbase.exchange.private", Scope.Account, BudgetUnit.Requests),
        ("kraken.spot.engine", Scope.Instrument, BudgetUnit.Aged),
    ];

    public static IReadOnlyList<BudgetSetup> Read(YamlSection root, BudgetSetup? ofClient)
    {
        var budgets = new List<BudgetSetup>();
        if (ofClient is not null)
        {
            budgets.Add(ofClient);
        }

        foreach (YamlSection item in root.Sections("budgets", shortFor: "preset"))
        {
            if (item.Has("preset"))
            {
                budgets.AddRange(OfPreset(item));
            }
            else
            {
                budgets.Add(Own(item));
            }
        }

        return [.. budgets.Select(static (budget, index) => budget with { Id = (uint)index + 1 })];
    }

    // A whole name, or the beginning of several: binance.spot has three.
    private static IEnumerable<BudgetSetup> OfPreset(YamlSection item)
    {
        string name = item.RequiredText("preset");
        item.End();
        (string Name, Scope Scope, BudgetUnit Unit)[] found =
            [.. Published.Where(one => one.Name == name || one.Name.StartsWith(name + ".", StringComparison.Ordinal))];
        if (found.Length == 0)
        {
            throw item.Wrong(
                "preset", $"is '{name}'; allowed are {string.Join(", ", Published.Select(static one => one.Name))}, or the beginning of some up to a dot");
        }

        foreach ((string whole, Scope scope, BudgetUnit unit) in found)
        {
            BudgetPresets.TryFind(whole, out BudgetPreset preset);
            yield return new BudgetSetup(0, scope, IdOf(scope), preset.Kind, unit, checked((uint)preset.Capacity), preset.FillNanos)
            {
                AccountId = scope == Scope.Instrument ? StrategyFile.AccountId : null,
                Reserve = preset.Reserved > 0 ? new Ratio(preset.Reserved * FixedPoint.One / preset.Capacity) : null,
            };
        }
    }

    private static BudgetSetup Own(YamlSection item)
    {
        Scope scope = item.Choice(
            "scope", Scope.Client, ("client", Scope.Client), ("account", Scope.Account), ("venue", Scope.Venue), ("instrument", Scope.Instrument));
        BudgetKind kind = item.Choice("kind", BudgetKind.FixedWindow,
            ("fixed_window", BudgetKind.FixedWindow), ("token_bucket", BudgetKind.TokenBucket), ("leaky", BudgetKind.Leaky));
        BudgetUnit unit = item.Choice("unit", BudgetUnit.Orders, ("requests", BudgetUnit.Requests), ("orders", BudgetUnit.Orders),
            ("cancels", BudgetUnit.Cancels), ("unfilled", BudgetUnit.Unfilled), ("weight", BudgetUnit.Weight), ("aged", BudgetUnit.Aged));
        if (unit == BudgetUnit.Aged && kind != BudgetKind.Leaky)
        {
            throw item.Wrong("unit", "is 'aged', which only kind leaky has");
        }

        long window = item.Millis("window_ms", 1_000, 1, 86_400_000);
        Ratio? reserve = item.Ratio("reserve", 0, FixedPoint.One - 1);
        item.Has("preset");
        item.Has("capacity");
        item.End();
        long capacity = item.RequiredInteger("capacity", unit == BudgetUnit.Aged ? 8 : 1, 1_000_000_000);
        return new BudgetSetup(0, scope, IdOf(scope), kind, unit, (uint)capacity, window)
        {
            AccountId = scope == Scope.Instrument ? StrategyFile.AccountId : null,
            Reserve = reserve,
        };
    }

    private static uint IdOf(Scope scope) => scope switch
    {
        Scope.Client => StrategyFile.ClientId,
        Scope.Account => StrategyFile.AccountId,
        Scope.Venue => StrategyFile.VenueId,
        _ => StrategyFile.InstrumentId,
    };
}

using System;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// Published limits of Binance, OKX, Coinbase and Kraken for one process per account, lowest tier (R133). They are where to start: the real ones come
/// from the venue (exchangeInfo and the like) and change. A tenth of Binance's weight is kept for requests that lower risk. Sources and dates:
/// binance-spot-api-docs rest-api.md and enums.md (2026-07-21); OKX API guide (2026-07, account limit 2024-01-10); Coinbase Exchange "REST API rate
/// limits" (2026); Kraken "Spot rate limits" (2025-12-11). OKX says "per 2 seconds" and not when they begin: windows that begin with their first request.
/// </summary>
public static class BudgetPresets
{
    private const long Second = 1_000_000_000;
    private const long Day = 86_400 * Second;

    private static readonly BudgetPreset[] Table =
    [
        Window("binance.spot.weight", 6_000, 60 * Second, WindowAlignment.Calendar, 600),
        Window("binance.spot.orders10s", 50, 10 * Second, WindowAlignment.Calendar),
        Window("binance.spot.ordersDay", 160_000, Day, WindowAlignment.Calendar),
        Window("binance.usdm.weight", 2_400, 60 * Second, WindowAlignment.Calendar, 240),
        Window("binance.usdm.orders10s", 300, 10 * Second, WindowAlignment.Calendar),
        Window("binance.usdm.orders1m", 1_200, 60 * Second, WindowAlignment.Calendar),
        Window("okx.order.perInstrument.place", 60, 2 * Second, WindowAlignment.FirstUse),
        Window("okx.order.perInstrument.cancel", 60, 2 * Second, WindowAlignment.FirstUse),
        Window("okx.order.perInstrument.amend", 60, 2 * Second, WindowAlignment.FirstUse),
        Window("okx.order.perInstrument.batchOrders", 300, 2 * Second, WindowAlignment.FirstUse),
        Window("okx.order.account", 1_000, 2 * Second, WindowAlignment.FirstUse),
        Bucket("coinbase.exchange.public", 10, 15),
        Bucket("coinbase.exchange.private", 15, 30),
        Bucket("coinbase.exchange.fills", 10, 20),
        Leaky("kraken.spot.rest", 15, 33, 100 * Second),
        Leaky("kraken.spot.engine", 60, 1, Second),
    ];

    /// <summary>All presets.</summary>
    public static ReadOnlySpan<BudgetPreset> All => Table;

    /// <summary>Finds a preset by its whole name.</summary>
    public static bool TryFind(ReadOnlySpan<char> name, out BudgetPreset preset)
    {
        foreach (BudgetPreset candidate in Table)
        {
            if (name.SequenceEqual(candidate.Name))
            {
                preset = candidate;
                return true;
            }
        }

        preset = default;
        return false;
    }

    private static BudgetPreset Window(string name, long capacity, long nanos, WindowAlignment alignment, long reserved = 0) =>
        new(name, BudgetKind.FixedWindow, capacity, capacity, nanos, alignment, reserved);

    private static BudgetPreset Bucket(string name, long perSecond, long burst) =>
        new(name, BudgetKind.TokenBucket, burst, perSecond, Second, WindowAlignment.FirstUse, 0);

    private static BudgetPreset Leaky(string name, long capacity, long amount, long periodNanos) =>
        new(name, BudgetKind.Leaky, capacity, amount, periodNanos, WindowAlignment.FirstUse, 0);
}

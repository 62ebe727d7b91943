using System.Globalization;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Operating;

/// <summary>Limits by the names that a strategy file has for them, with its units.</summary>
public static class LimitKeys
{
    private const string None = "none";

    private static readonly (string Key, LimitKind Kind, Unit Unit)[] All =
    [
        ("min_order_size", LimitKind.MinimumOrderQuantity, Unit.Number),
        ("max_order_size", LimitKind.MaximumOrderQuantity, Unit.Number),
        ("max_order_value", LimitKind.MaximumOrderNotional, Unit.Number),
        ("max_position_size", LimitKind.MaximumPositionQuantity, Unit.Number),
        ("max_position_notional", LimitKind.MaximumPositionNotional, Unit.Number),
        ("max_position_fraction", LimitKind.MaximumPositionFraction, Unit.Number),
        ("max_daily_loss", LimitKind.MaximumDailyLoss, Unit.Number),
        ("max_daily_loss_fraction", LimitKind.MaximumDailyLossFraction, Unit.Number),
        ("max_drawdown", LimitKind.MaximumDrawdown, Unit.Number),
        ("max_drawdown_fraction", LimitKind.MaximumDrawdownFraction, Unit.Number),
        ("max_price_deviation", LimitKind.MaximumPriceDeviation, Unit.Number),
        ("max_concentration", LimitKind.MaximumConcentration, Unit.Number),
        ("max_leverage", LimitKind.MaximumLeverage, Unit.Number),
        ("max_loss_per_trade", LimitKind.MaximumLossPerTrade, Unit.Number),
        ("max_open_orders", LimitKind.MaximumOpenOrders, Unit.Count),
        ("max_messages", LimitKind.MaximumMessages, Unit.Count),
        ("message_window_ms", LimitKind.MessageWindowNanos, Unit.Millis),
        ("max_price_age_ms", LimitKind.MaximumPriceAgeNanos, Unit.Millis),
        ("reduce_on_breach", LimitKind.ReduceOnBreach, Unit.Flag),
        ("max_slippage", LimitKind.MaximumSlippage, Unit.Number),
        ("max_slippage_bps", LimitKind.MaximumSlippage, Unit.BasisPoints),
    ];

    private enum Unit
    {
        Number,
        Count,
        Millis,
        Flag,
        BasisPoints,
    }

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => All.Select(static one => one.Key);

    /// <summary>The limit of a name, and what it would be set to.</summary>
    /// <param name="key">The name.</param>
    /// <param name="text">A number in the name's unit, <c>true</c> or <c>false</c>, or <c>none</c>.</param>
    /// <returns>The limit, and its number; null where it is taken away.</returns>
    /// <exception cref="ArgumentException">There is no such limit, or the text is no number that it can have; the text says what it can.</exception>
    public static (LimitKind Kind, long? Raw) Parse(string key, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (string Key, LimitKind Kind, Unit Unit) found = All.FirstOrDefault(one => one.Key == key);
        if (found.Key is null)
        {
            throw new ArgumentException($"there is no limit '{key}': there are {string.Join(", ", Names)}");
        }

        if (text == None)
        {
            return (found.Kind, null);
        }

        return Number(found.Unit, text) is { } raw && LimitField.IsSound(found.Kind, raw)
            ? (found.Kind, raw)
            : throw new ArgumentException($"{key} cannot be '{text}': give {Allowed(found.Unit)}, or {None}");
    }

    /// <summary>A limit's number in words: <c>none</c> where it is not limited.</summary>
    /// <param name="kind">The limit.</param>
    /// <param name="raw">As <see cref="LimitField.Get"/> has it.</param>
    public static string Text(LimitKind kind, long raw) => All.First(one => one.Kind == kind).Unit switch
    {
        Unit.Flag => raw == 1 ? "true" : "false",
        Unit.Count => raw == uint.MaxValue ? None : raw.ToString(CultureInfo.InvariantCulture),
        _ when raw == long.MaxValue => None,
        Unit.Millis => (raw / 1_000_000).ToString(CultureInfo.InvariantCulture),
        _ => kind == LimitKind.MinimumOrderQuantity && raw == 0 ? None : FixedPointText.Format(raw),
    };

    private static long? Number(Unit unit, string text) => unit switch
    {
        Unit.Flag => text switch { "true" => 1, "false" => 0, _ => null },
        Unit.Count => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint count) ? count : null,
        Unit.Millis => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint millis) ? millis * 1_000_000L : null,
        Unit.BasisPoints => FixedPointText.TryParse(text, out long points) && points % 10_000 == 0 ? points / 10_000 : null,
        _ => FixedPointText.TryParse(text, out long raw) ? raw : null,
    };

    private static string Allowed(Unit unit) => unit switch
    {
        Unit.Flag => "true or false",
        Unit.Count => "a whole number",
        Unit.Millis => "milliseconds above 0",
        Unit.BasisPoints => "basis points",
        _ => "a number from 0 with at most 8 decimals",
    };
}

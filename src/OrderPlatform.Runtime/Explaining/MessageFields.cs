using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>A field of a message as text: decimals without trailing zeros, times in nanoseconds, enums by name.</summary>
/// <param name="Name">As the schema has it; of a group's entry with its place, <c>checks[0].check</c>.</param>
/// <param name="Text">Its value.</param>
public readonly record struct MessageField(string Name, string Text);

/// <summary>The fields of the engine's inputs and outputs as text. What is absent is left out.</summary>
public static class MessageFields
{
    // Fields of the types Price, Quantity, Money and Ratio, and those that the schema calls "times 1e8". A test compares them with the schema.
    private static readonly FrozenSet<string> Scaled = FrozenSet.ToFrozenSet(
    [
        "makerFeeRate", "takerFeeRate", "priceTick", "quantityStep", "minimumQuantity", "maximumQuantity", "minimumNotional", "multiplier",
        "maximumNotional", "maintenanceMarginRate", "maintenanceAmount", "initialCash", "maximumLeverage", "fixedQuantity", "equityFraction",
        "limitOffset", "stopLoss", "takeProfit", "minimumConfidence", "fixedNotional", "targetVolatility", "kellyMultiplier", "kellyWinRate",
        "riskPerTrade", "kellyMaximumFraction", "minimumOrderQuantity", "maximumOrderQuantity", "maximumOrderNotional", "maximumPositionQuantity",
        "maximumPositionNotional", "maximumPositionFraction", "maximumDailyLoss", "maximumDailyLossFraction", "maximumDrawdown",
        "maximumDrawdownFraction", "maximumPriceDeviation", "maximumConcentration", "maximumLossPerTrade", "maximumSlippage", "quantity",
        "averagePrice", "realisedPnl", "fees", "momentumMinimum", "reversalConfidence", "voteThreshold", "entryWeight", "positionWeight",
        "exitWeight", "profitWeight", "visibleFraction", "participation", "maximumVenueShare", "trailingOffset", "trailingActivation", "reserve",
        "price", "bidPrice", "bidQuantity", "askPrice", "askQuantity", "open", "high", "low", "close", "volume", "rate", "markPrice", "confidence",
        "expectedReturn", "riskScore", "volatility", "lastQuantity", "lastPrice", "fee", "cumulativeQuantity", "leavesQuantity", "triggerPrice",
        "displayQuantity", "amount", "position", "target", "mark", "equity", "value", "limit", "momentum", "lastFee", "limitPrice", "decisionPrice",
        "arrivalPrice", "cost", "unrealisedPnl", "cash", "funding", "margin", "liquidationPrice", "stopPrice", "targetPrice", "entryQuantity",
        "entryValue", "exitValue", "entryPrice", "exitPrice", "adverse", "favourable", "slippage", "exitDrawdown", "kellyFraction", "kellyNotional",
        "riskNotional", "fractionNotional", "stopDistance", "notional", "score", "threshold", "executed", "working", "unsent", "ended", "payment",
        "trailingPrice",
    ]);

    /// <summary>How a decoder names an enum that is not there.</summary>
    internal const string Absent = "NULL_VALUE";

    internal static IReadOnlySet<string> ScaledNames => Scaled;

    /// <summary>Name of a message's kind: <c>Signal</c>; <c>unknown 77</c> where the schema has none.</summary>
    public static string NameOf(ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        return MessagesSchema.IsKnownTemplate(header.TemplateId) ? MessagesSchema.TemplateName(header.TemplateId)
            : string.Create(CultureInfo.InvariantCulture, $"unknown {header.TemplateId}");
    }

    /// <summary>The fields that are there, in the order of the schema; none of a message that is malformed or no input or output.</summary>
    public static IReadOnlyList<MessageField> Of(ReadOnlySpan<byte> message)
    {
        if (MessageText.Json(message) is not { } json)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        var fields = new List<MessageField>();
        string kind = document.RootElement.GetProperty("message").GetString()!;
        Add(fields, kind, "", document.RootElement.GetProperty("fields"));
        return fields;
    }

    /// <summary>A number of a field as text.</summary>
    internal static string TextOf(string message, string name, in JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when Scaled.Contains(name) && !IsPlain(message, name) && value.TryGetInt64(out long raw) => FixedPointText.Format(raw),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    // Counts of a breaker have the name of a limit, and are counts.
    private static bool IsPlain(string message, string name) => name == "limit" && message == nameof(BreakerEventDecoder)[..^7];

    private static void Add(List<MessageField> fields, string message, string prefix, in JsonElement element)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            AddOne(fields, message, prefix + property.Name, property.Name, property.Value);
        }
    }

    private static void AddOne(List<MessageField> fields, string message, string path, string name, in JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
            case JsonValueKind.String when value.ValueEquals(Absent):
                break;
            case JsonValueKind.Object:
                Add(fields, message, path + ".", value);
                break;
            case JsonValueKind.Array when value.GetArrayLength() == 0 || value[0].ValueKind != JsonValueKind.Object:
                fields.Add(new MessageField(path, string.Join(' ', value.EnumerateArray().Select(static one => one.ToString()))));
                break;
            case JsonValueKind.Array:
                int at = 0;
                foreach (JsonElement entry in value.EnumerateArray())
                {
                    AddOne(fields, message, string.Create(CultureInfo.InvariantCulture, $"{path}[{at++}]"), name, entry);
                }

                break;
            default:
                fields.Add(new MessageField(path, TextOf(message, name, value)));
                break;
        }
    }
}

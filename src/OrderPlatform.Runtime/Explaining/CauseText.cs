using System.Text;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>Names and numbers of what began an order that no signal asked for: the level and the price that reached it, the limit and the value, the command.</summary>
internal static class CauseText
{
    /// <summary>The numbers.</summary>
    /// <param name="state">The engine after the input.</param>
    /// <param name="strategy">Row of the strategy.</param>
    /// <param name="instrument">Row of the instrument.</param>
    /// <param name="reason">Why the position ends.</param>
    /// <param name="message">The input.</param>
    /// <param name="breach">The breach that holds, with <see cref="ExitReason.RiskBreach"/>.</param>
    public static IReadOnlyList<MessageField> Of(
        EngineState state, int strategy, int instrument, ExitReason reason, ReadOnlySpan<byte> message, in Breach? breach)
    {
        var fields = new List<MessageField> { new("reason", reason.ToString()), new("input", MessageFields.NameOf(message)) };
        switch (reason)
        {
            case ExitReason.Operator:
                AddCommand(fields, message);
                break;
            case ExitReason.None when OperatorCommandDecoder.TryWrap(message, out _):
                AddCommand(fields, message);
                break;
            case ExitReason.RiskBreach:
                AddBreach(fields, breach);
                break;
            default:
                AddLevels(fields, state, strategy, instrument, reason, message);
                break;
        }

        return fields;
    }

    private static void AddCommand(List<MessageField> fields, ReadOnlySpan<byte> message)
    {
        if (OperatorCommandDecoder.TryWrap(message, out OperatorCommandDecoder command))
        {
            fields.Add(new MessageField("action", command.Action.ToString()));
            fields.Add(new MessageField("scope", command.Scope.ToString()));
            fields.Add(new MessageField("operator", Encoding.UTF8.GetString(command.OperatorName)));
            fields.Add(new MessageField("operatorReason", Encoding.UTF8.GetString(command.GetReason())));
        }
    }

    private static void AddBreach(List<MessageField> fields, in Breach? breach)
    {
        if (breach is { } broken)
        {
            fields.Add(new MessageField("scope", broken.Scope.ToString()));
            fields.Add(new MessageField("breach", broken.Reason.ToString()));
            fields.Add(new MessageField("value", FixedPointText.Format(broken.Value)));
            fields.Add(new MessageField("limit", FixedPointText.Format(broken.Limit)));
            fields.Add(new MessageField("since", TimeText.Iso(broken.TimeNanos)));
        }
    }

    private static void AddLevels(
        List<MessageField> fields, EngineState state, int strategy, int instrument, ExitReason reason, ReadOnlySpan<byte> message)
    {
        AddPrices(fields, message);
        foreach (PositionLeg leg in (ReadOnlySpan<PositionLeg>)[PositionLeg.Net, PositionLeg.Long, PositionLeg.Short])
        {
            if (!state.Positions.TryFind(strategy, instrument, leg, out int row) || state.Positions[row].Quantity.IsZero)
            {
                continue;
            }

            ref Protection protection = ref state.Positions.ProtectionOf(row);
            AddLevel(fields, "stop", reason is ExitReason.StopLoss or ExitReason.None ? protection.StopPrice.Raw : 0);
            AddLevel(fields, "target", reason is ExitReason.TakeProfit or ExitReason.None ? protection.TargetPrice.Raw : 0);
            AddLevel(fields, "trailingStop", reason is ExitReason.TrailingStop or ExitReason.None ? protection.TrailingPrice.Raw : 0);
            if ((reason is ExitReason.TimeExit or ExitReason.None) && protection.ExitAtNanos != 0)
            {
                fields.Add(new MessageField("due", TimeText.Iso(protection.ExitAtNanos)));
            }

            fields.Add(new MessageField("held", FixedPointText.Format(state.Positions[row].Quantity.Raw)));
            fields.Add(new MessageField("entryPrice", FixedPointText.Format(Valuation.AveragePrice(state, state.Positions[row]).Raw)));
        }
    }

    private static void AddLevel(List<MessageField> fields, string name, long level)
    {
        if (level != 0)
        {
            fields.Add(new MessageField(name, FixedPointText.Format(level)));
        }
    }

    private static void AddPrices(List<MessageField> fields, ReadOnlySpan<byte> message)
    {
        if (BarDecoder.TryWrap(message, out BarDecoder bar))
        {
            fields.Add(new MessageField("phase", bar.Phase.ToString()));
            fields.Add(new MessageField("low", FixedPointText.Format(bar.Low)));
            fields.Add(new MessageField("high", FixedPointText.Format(bar.High)));
        }
        else if (MarketTradeDecoder.TryWrap(message, out MarketTradeDecoder trade))
        {
            fields.Add(new MessageField("price", FixedPointText.Format(trade.Price)));
        }
        else if (TopOfBookDecoder.TryWrap(message, out TopOfBookDecoder book))
        {
            fields.Add(new MessageField("bid", FixedPointText.Format(book.BidPrice)));
            fields.Add(new MessageField("ask", FixedPointText.Format(book.AskPrice)));
        }
    }
}

/// <summary>A limit that broke and holds positions back.</summary>
/// <param name="Scope">Whose limit.</param>
/// <param name="Reason">Which.</param>
/// <param name="Value">What was compared, times 1e8.</param>
/// <param name="Limit">With what, times 1e8.</param>
/// <param name="TimeNanos">When it broke.</param>
internal readonly record struct Breach(Scope Scope, ReasonCode Reason, long Value, long Limit, long TimeNanos);

using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>The chain of a round from flat to flat: the chains of all orders whose fills it has, and what it earned.</summary>
internal static class TradeChain
{
    /// <summary>Adds it.</summary>
    public static void AddTo(Chain chain, FactIndex index, Fact trade)
    {
        TradeEventDecoder.TryWrap(trade.Message, out TradeEventDecoder e);
        chain.Add(trade);
        List<Fact> fills = FillsOf(index.OfPosition(trade.Strategy, trade.Instrument), trade, e.Leg);
        foreach (ulong order in fills.Select(static one => one.OrderId).Distinct())
        {
            OrderChain.AddTo(chain, index, order);
        }

        if (fills.Count != e.FillCount)
        {
            chain.Miss(LinkKind.Fill, trade.Sequence, $"fills of the round: it had {e.FillCount}, and {fills.Count} are there");
        }
    }

    private static List<Fact> FillsOf(IReadOnlyList<Fact> facts, Fact trade, PositionLeg leg)
    {
        Fact? before = FactRange.Last(facts, trade.Sequence - 1, one => one.Kind == LinkKind.Trade && LegOfTrade(one) == leg);
        var fills = new List<Fact>();
        foreach (Fact fill in FactRange.Between(facts, before?.Sequence ?? 0, trade.Sequence).Where(static one => one.Kind == LinkKind.Fill))
        {
            Fact? position = FactRange.At(facts, fill.Sequence).FirstOrDefault(one => one.Kind == LinkKind.Position && one.Place > fill.Place);
            bool isOf = position is null || (PositionEventDecoder.TryWrap(position.Message, out PositionEventDecoder e) && e.Leg == leg
                && (fill.Sequence != before?.Sequence || e.Quantity != 0));
            if (isOf)
            {
                fills.Add(fill);
            }
        }

        return fills;
    }

    private static PositionLeg LegOfTrade(Fact fact) => TradeEventDecoder.TryWrap(fact.Message, out TradeEventDecoder trade) ? trade.Leg : PositionLeg.NULL_VALUE;
}

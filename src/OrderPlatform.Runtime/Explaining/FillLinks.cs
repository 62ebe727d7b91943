using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>What an order's fills did: the position after each, and the round that each belongs to, with its profit once it ended.</summary>
internal static class FillLinks
{
    /// <summary>Adds the links.</summary>
    public static void AddTo(Chain chain, FactIndex index, ulong id, List<Fact> news)
    {
        long executed = 0;
        foreach (Fact fill in news)
        {
            if (fill.Kind != LinkKind.Fill || !OrderEventDecoder.TryWrap(fill.Message, out OrderEventDecoder e))
            {
                continue;
            }

            executed += e.LastQuantity;
            AddPosition(chain, index, fill);
        }

        OrderEventDecoder.TryWrap(news[^1].Message, out OrderEventDecoder last);
        if (last.CumulativeQuantity != executed)
        {
            chain.Miss(LinkKind.Fill, news[^1].Sequence, $"fills of order {id}: its sum is not that of those that are there");
        }
    }

    private static void AddPosition(Chain chain, FactIndex index, Fact fill)
    {
        IReadOnlyList<Fact> facts = index.OfPosition(fill.Strategy, fill.Instrument);
        Fact? after = FactRange.At(facts, fill.Sequence).FirstOrDefault(one => one.Kind == LinkKind.Position && one.Place > fill.Place);
        chain.Require(after, LinkKind.Position, fill.Sequence, $"the position after the fill of order {fill.OrderId}");
        if (after is null || !PositionEventDecoder.TryWrap(after.Message, out PositionEventDecoder position))
        {
            return;
        }

        PositionLeg leg = position.Leg;
        Fact? before = FactRange.Last(facts, fill.Sequence - 1, one => IsOf(one, leg));
        if (QuantityOf(before) is var held and not 0 && (position.Quantity == 0 || position.Quantity > 0 != held > 0))
        {
            chain.Require(TradeAt(facts, fill.Sequence, leg), LinkKind.Trade, fill.Sequence, $"the round that the fill of order {fill.OrderId} ended");
        }

        if (position.Quantity != 0)
        {
            AddEnd(chain, facts, fill, leg, position.Quantity);
        }
    }

    // The round that the fill began or added to: it ends with the first position that is flat or on the other side.
    private static void AddEnd(Chain chain, IReadOnlyList<Fact> facts, Fact fill, PositionLeg leg, long held)
    {
        Fact? end = FactRange.First(facts, fill.Sequence + 1, one => IsOf(one, leg) && (QuantityOf(one) is var quantity && (quantity == 0 || quantity > 0 != held > 0)));
        if (end is null)
        {
            chain.Note($"the round of the fill at input {fill.Sequence} is open where the journal, or the range, ends: its profit is not realised");
            return;
        }

        chain.Require(TradeAt(facts, end.Sequence, leg), LinkKind.Trade, end.Sequence, $"the round that the fill of order {fill.OrderId} belongs to");
    }

    private static Fact? TradeAt(IReadOnlyList<Fact> facts, long sequence, PositionLeg leg) => FactRange.At(facts, sequence).FirstOrDefault(one =>
        one.Kind == LinkKind.Trade && TradeEventDecoder.TryWrap(one.Message, out TradeEventDecoder trade) && trade.Leg == leg);

    private static bool IsOf(Fact fact, PositionLeg leg) =>
        fact.Kind == LinkKind.Position && PositionEventDecoder.TryWrap(fact.Message, out PositionEventDecoder position) && position.Leg == leg;

    private static long QuantityOf(Fact? fact) =>
        fact is not null && PositionEventDecoder.TryWrap(fact.Message, out PositionEventDecoder position) ? position.Quantity : 0;
}

using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution.Routing;

/// <summary>Finds the venues that could take a part, the best price net of fees first; of equal ones the parent's own, then in the order of the product's ring.</summary>
internal static class Candidates
{
    public static int Find(EngineState state, in ParentOrder parent, OrderType type, Span<Candidate> candidates)
    {
        ref Position home = ref state.Positions[parent.Position];
        int count = 0;
        int instrument = home.Instrument;
        do
        {
            if (IsUsable(state, instrument) && state.Positions.TryFindOrAdd(state, home.Strategy, instrument, home.Leg, out int row) == ReasonCode.None)
            {
                Insert(candidates, ref count, Make(state, parent, row, type), parent.Side);
            }

            instrument = state.Instruments[instrument].NextOfProduct;
        }
        while (instrument != home.Instrument && count < candidates.Length);

        return count;
    }

    private static bool IsUsable(EngineState state, int row)
    {
        ref Instrument instrument = ref state.Instruments[row];
        ref Venue venue = ref state.Venues[instrument.Venue];
        return !instrument.Mark.IsZero && !venue.IsDown && venue.BlockedUntilNanos <= state.NowNanos && venue.Breaker.State == BreakerState.Closed;
    }

    private static Candidate Make(EngineState state, in ParentOrder parent, int position, OrderType type)
    {
        ref Instrument instrument = ref state.Instruments[state.Positions[position].Instrument];
        ref Venue venue = ref state.Venues[instrument.Venue];
        bool buys = parent.Side == Side.Buy;
        Price price = ChildPrice.Of(state, parent, position, type);
        Price touch = buys ? instrument.Ask : instrument.Bid;
        long traded = type == OrderType.Limit || touch.IsZero ? price.Raw : touch.Raw;
        Ratio fee = type == OrderType.Limit ? venue.MakerFeeRate : venue.TakerFeeRate;
        bool fits = FixedPoint.TryMultiplyDivide(traded, FixedPoint.One + (buys ? fee.Raw : -fee.Raw), FixedPoint.One, out long net);
        return new Candidate
        {
            Position = position,
            NetPrice = fits ? net : buys ? long.MaxValue : 0,
            Displayed = buys ? instrument.AskQuantity : instrument.BidQuantity,
            Price = Lots.UnitPrice(instrument, price),
            Rules = Lots.Of(state, parent, position),
        };
    }

    private static void Insert(Span<Candidate> candidates, ref int count, in Candidate candidate, Side side)
    {
        int place = count++;
        while (place > 0 && (side == Side.Buy ? candidate.NetPrice < candidates[place - 1].NetPrice : candidate.NetPrice > candidates[place - 1].NetPrice))
        {
            candidates[place] = candidates[place - 1];
            place--;
        }

        candidates[place] = candidate;
    }
}

using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution.Routing;

/// <summary>
/// Smart routing of what opens over the venues where the client has an account and the product trades (R71, R72): all to the best price net of fees, or split by
/// what is displayed; at no venue more of a part than the strategy's share. A venue that is down, blocked, or whose breaker is not closed is passed over.
/// </summary>
internal static class Routes
{
    /// <summary>Whether parts of a parent may go to other venues than its own.</summary>
    public static bool IsRouted(EngineState state, in ParentOrder parent)
    {
        ref Position home = ref state.Positions[parent.Position];
        return parent.Origin == OrderOrigin.Intent && !IsProtective(parent.ExitReason)
            && state.Strategies[home.Strategy].Execution.Routing is RoutingMode.BestPrice or RoutingMode.Liquidity
            && state.Instruments[home.Instrument].NextOfProduct != home.Instrument;
    }

    /// <summary>Adds what opens to the legs.</summary>
    /// <returns>How much of it is placed.</returns>
    public static Quantity Place(EngineState state, in ParentOrder parent, Quantity opening, OrderType type, Span<Leg> legs, ref int count)
    {
        Span<Candidate> candidates = stackalloc Candidate[Leg.Max];
        candidates = candidates[..Candidates.Find(state, parent, type, candidates)];
        if (candidates.IsEmpty)
        {
            // The checks say what is wrong with its own venue.
            legs[0].Opening = opening;
            return opening;
        }

        ref ExecutionRules rules = ref state.Strategies[state.Positions[parent.Position].Strategy].Execution;
        if (rules.Routing == RoutingMode.Liquidity)
        {
            ShareByDisplay(opening, rules.MaximumVenueShare, candidates);
        }

        Quantity placed = FillUp(opening, rules.MaximumVenueShare, candidates);
        foreach (ref readonly Candidate candidate in candidates)
        {
            if (!candidate.Quantity.IsZero)
            {
                Add(legs, ref count, candidate);
            }
        }

        return placed;
    }

    /// <summary>Whether a reason protects one position, and so leaves the others of the product alone (T15).</summary>
    public static bool IsProtective(ExitReason reason) => reason is not (ExitReason.None or ExitReason.Signal or ExitReason.Reversal);

    private static void ShareByDisplay(Quantity opening, Ratio share, Span<Candidate> candidates)
    {
        Int128 displayed = 0;
        foreach (ref readonly Candidate candidate in candidates)
        {
            displayed += candidate.Displayed.Raw;
        }

        if (displayed == 0)
        {
            return;
        }

        foreach (ref Candidate candidate in candidates)
        {
            var part = (long)((Int128)opening.Raw * candidate.Displayed.Raw / displayed);
            Quantity floor = new(FixedPoint.FloorToStep(Math.Min(part, Cap(opening, share)), candidate.Rules.Step.Raw));
            candidate.Quantity = candidate.Takes(floor) ? floor : Quantity.Zero;
        }
    }

    // The best price first: what is not placed yet, up to the share.
    private static Quantity FillUp(Quantity opening, Ratio share, Span<Candidate> candidates)
    {
        long left = opening.Raw;
        foreach (ref readonly Candidate candidate in candidates)
        {
            left -= candidate.Quantity.Raw;
        }

        foreach (ref Candidate candidate in candidates)
        {
            long more = FixedPoint.FloorToStep(Math.Min(left, Cap(opening, share) - candidate.Quantity.Raw), candidate.Rules.Step.Raw);
            if (more > 0 && candidate.Takes(new Quantity(candidate.Quantity.Raw + more)))
            {
                candidate.Quantity += new Quantity(more);
                left -= more;
            }
        }

        return new Quantity(opening.Raw - left);
    }

    private static long Cap(Quantity opening, Ratio share) => share.IsZero ? opening.Raw : (long)((Int128)opening.Raw * share.Raw / FixedPoint.One);

    private static void Add(Span<Leg> legs, ref int count, in Candidate candidate)
    {
        for (int leg = 0; leg < count; leg++)
        {
            if (legs[leg].Position == candidate.Position)
            {
                legs[leg].Opening = candidate.Quantity;
                return;
            }
        }

        if (count < legs.Length)
        {
            legs[count++] = new Leg { Position = candidate.Position, Opening = candidate.Quantity };
        }
    }
}

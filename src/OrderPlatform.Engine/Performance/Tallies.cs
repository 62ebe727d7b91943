using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Trades;

namespace OrderPlatform.Engine.Performance;

/// <summary>Counts into tallies. A sum that does not fit stays at the largest number: statistics never stop trading.</summary>
public static class Tallies
{
    /// <summary>A fill was booked.</summary>
    /// <param name="tally">The tally of its position.</param>
    /// <param name="fill">The fill.</param>
    /// <param name="value">Its value, without sign.</param>
    /// <param name="slippage">Against the decision price; above zero is a cost.</param>
    public static void OnFill(ref Tally tally, in Fill fill, Money value, Money slippage)
    {
        tally.Executed = new Quantity(Sum(tally.Executed.Raw, fill.Quantity.Raw));
        tally.Traded = new Money(Sum(tally.Traded.Raw, value.Raw));
        tally.Slippage = new Money(Sum(tally.Slippage.Raw, slippage.Raw));
    }

    /// <summary>A round ended: a win or a loss after fees and funding, or neither where nothing is left of it.</summary>
    public static void OnTrade(ref Tally tally, in Round round)
    {
        Money net = Net(round);
        if (net.Raw > 0)
        {
            Count(ref tally.Wins);
            tally.Won = new Money(Sum(tally.Won.Raw, net.Raw));
        }
        else if (net.Raw < 0)
        {
            Count(ref tally.Losses);
            tally.Lost = new Money(Sum(tally.Lost.Raw, net.Raw == long.MinValue ? long.MaxValue : -net.Raw));
        }
    }

    /// <summary>What a round brought: realised profit and funding less fees, held to 64 bits.</summary>
    public static Money Net(in Round round) => Valuation.Hold((Int128)round.Realised.Raw + round.Funding.Raw - round.Fees.Raw);

    /// <summary>One more.</summary>
    public static void Count(ref ulong counter) => counter = counter == ulong.MaxValue ? counter : counter + 1;

    /// <summary>Adds a duration; one below zero adds nothing.</summary>
    public static void Add(ref ulong sum, long nanos)
    {
        ulong more = nanos > 0 ? (ulong)nanos : 0;
        sum = sum > ulong.MaxValue - more ? ulong.MaxValue : sum + more;
    }

    /// <summary>A sum held to 64 bits.</summary>
    public static long Sum(long left, long right) => Valuation.Hold((Int128)left + right).Raw;
}

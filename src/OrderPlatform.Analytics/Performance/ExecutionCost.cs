using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>What fills cost beside a reference price: above zero they were worse than it (bought higher, sold lower), below zero better.</summary>
/// <param name="Orders">Orders with fills and a reference price; the others do not count.</param>
/// <param name="Cost">Signed, in quote currency, before fees.</param>
/// <param name="Reference">What the filled quantity was worth at the reference prices.</param>
public readonly record struct ExecutionCost(int Orders, Money Cost, Money Reference)
{
    /// <summary>Cost in hundredths of a percent of the reference value: large orders weigh more; <c>null</c> without a reference value.</summary>
    public double? BasisPoints => Reference.Raw > 0 ? (double)Cost.Raw / Reference.Raw * 10_000 : null;

    /// <summary>The two together.</summary>
    /// <exception cref="OverflowException">A sum left 64 bits.</exception>
    public static ExecutionCost operator +(in ExecutionCost left, in ExecutionCost right) =>
        new(left.Orders + right.Orders, left.Cost + right.Cost, left.Reference + right.Reference);

    /// <summary>The cost of one order's fills of something that is owned, not a contract.</summary>
    /// <param name="side">Bought or sold.</param>
    /// <param name="filled">What was filled.</param>
    /// <param name="value">Value of the fills, not negative.</param>
    /// <param name="reference">The price to compare with; zero if it is not known.</param>
    public static ExecutionCost OfSpot(Side side, Quantity filled, Money value, Price reference) =>
        side == Side.Buy ? Of(value, reference.Value(filled)) : Of(-value, -reference.Value(filled));

    /// <summary>The cost of one order's fills.</summary>
    /// <param name="paid">What was bought less what was sold, in money, as the instrument values it.</param>
    /// <param name="expected">The same at the reference price; zero if nothing was filled or no price is known.</param>
    internal static ExecutionCost Of(Money paid, Money expected) => expected.IsZero ? default : new ExecutionCost(1, paid - expected, expected.Abs());
}

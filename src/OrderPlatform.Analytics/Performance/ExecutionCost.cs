using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>What fills cost beside a reference price: above zero they were worse than it (bought higher, sold lower), below zero better.</summary>
/// <param name="Orders">Orders with fills and a reference price; the others do not count.</param>
/// <param name="Cost">Signed, in quote currency, before fees.</param>
/// <param name="Reference">What the filled quantity was worth at the reference prices.</param>
public readonly record struct ExecutionCost(int Orders, Money Cost, Money Reference)
{
    /// <summary>Cost in hundredths of a percent of the reference value: large orders weigh more; <c>null</c> without a reference value.</summary>
    public double? BasisPoints => Reference.Raw > 0 ? (double)Cost.Raw / Reference.Raw * 10_000 : null;

    /// <summary>The cost with one more order.</summary>
    /// <exception cref="OverflowException">A sum left 64 bits.</exception>
    internal ExecutionCost With(in OrderRecord order, Price reference)
    {
        if (reference.Raw <= 0 || order.Filled.IsZero)
        {
            return this;
        }

        Money expected = reference.Value(order.Filled);
        Money cost = order.Side == Messages.Side.Buy ? order.Value - expected : expected - order.Value;
        return new ExecutionCost(Orders + 1, Cost + cost, Reference + expected);
    }
}

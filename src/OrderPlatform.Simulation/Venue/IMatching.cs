using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>How orders meet one kind of market data.</summary>
internal interface IMatching
{
    /// <summary>The price that a market order of this side would meet now, or 0.</summary>
    long ReferenceRaw(OrderSide side, long timeNanos);

    /// <summary>The price that triggers of an order of this side go by now, or 0 if there is none.</summary>
    long TriggerPriceRaw(OrderSide side, long timeNanos);

    /// <summary>Whether a limit order would take something now.</summary>
    bool WouldTake(OrderSide side, long limitRaw, long timeNanos);

    /// <summary>An order arrives, or has lost its priority.</summary>
    void OnArrival(OpenOrder order, long timeNanos);

    /// <summary>An order arrives that must rest.</summary>
    void OnRest(OpenOrder order, long timeNanos);

    /// <summary>A resting iceberg shows its next part.</summary>
    void OnRefill(OpenOrder order);

    /// <summary>An order that waits for its trigger arrives, or has another trigger.</summary>
    void OnWaiting(OpenOrder order, long timeNanos);

    /// <summary>The instant for which an order asked to be woken.</summary>
    void OnWake(OpenOrder order, long timeNanos);

    /// <summary>The market moves.</summary>
    void OnMarketEvent(in MarketEvent marketEvent);
}

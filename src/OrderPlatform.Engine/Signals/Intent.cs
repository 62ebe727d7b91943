using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>A wanted change of position, before risk.</summary>
public struct Intent
{
    /// <summary>What it waits for.</summary>
    public IntentState State;

    /// <summary>Wanted side of the position.</summary>
    public Direction Target;

    /// <summary>Why the position that is held would end.</summary>
    public ExitReason ExitReason;

    /// <summary>Whether the order must be a market order whatever the strategy's type is: protective exits.</summary>
    public bool AtMarket;

    /// <summary>The signal or request behind it.</summary>
    public ulong RequestId;
}

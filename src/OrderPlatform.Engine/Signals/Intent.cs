using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>What an intent waits for.</summary>
public enum IntentState : byte
{
    /// <summary>There is no intent.</summary>
    None = 0,

    /// <summary>It can be ordered as soon as no other order is under way.</summary>
    Ready = 1,

    /// <summary>It waits for the next bar's first price (D8, <c>current_open</c>).</summary>
    WaitsForOpen = 2,
}

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

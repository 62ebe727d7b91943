using System;

namespace OrderPlatform.Engine.Orders;

/// <summary>What a cell of the table does beside moving the order to its next state.</summary>
[Flags]
public enum OrderEffects : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It comes too late: reported, and but for a fill nothing changes.</summary>
    Late = 1,

    /// <summary>The fill is booked. Fills are booked in every state (T17).</summary>
    Book = 2,

    /// <summary>It is known that the venue has the order.</summary>
    Acknowledge = 4,

    /// <summary>The outcome is known: a doubt ends, if the venue's sum is what was booked.</summary>
    Settle = 8,

    /// <summary>The outcome is not known: the venue is asked, and asked again; nothing else is sent for the order or its parent.</summary>
    Doubt = 16,

    /// <summary>What is left of it is given up.</summary>
    End = 32,

    /// <summary>Quantity and limit become those of the venue.</summary>
    Adopt = 64,

    /// <summary>The amend that was under way is forgotten.</summary>
    RefuseAmend = 128,

    /// <summary>The venue is asked to cancel.</summary>
    AskCancel = 256,

    /// <summary>The venue is asked to amend; what never left the engine is changed at once.</summary>
    AskAmend = 512,

    /// <summary>Sent again under its own id if it is young enough, else ended.</summary>
    SendAgain = 1_024,

    /// <summary>It stays in doubt, and a person is told.</summary>
    Keep = 2_048,

    /// <summary>The request waits in the engine and goes out again when the venue allows.</summary>
    Requeue = 4_096,

    /// <summary>It leaves its place in a queue or among the held.</summary>
    Release = 8_192,

    /// <summary>The next state is the one before the cancel.</summary>
    Return = 16_384,

    /// <summary>The state is said again.</summary>
    Confirm = 32_768,
}

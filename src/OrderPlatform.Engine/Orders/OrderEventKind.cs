namespace OrderPlatform.Engine.Orders;

/// <summary>What can happen to an order: reports of its venue, a venue's answers, and what the engine does itself. Columns of the table are states.</summary>
public enum OrderEventKind : byte
{
    /// <summary>A part filled.</summary>
    FillPart,

    /// <summary>The last of it filled, or more than that.</summary>
    FillAll,

    /// <summary>The venue has it.</summary>
    Accepted,

    /// <summary>A stop has become a live order at the venue.</summary>
    Triggered,

    /// <summary>The venue refused it.</summary>
    Rejected,

    /// <summary>The venue ended it because it was asked to, or by itself.</summary>
    Cancelled,

    /// <summary>Its time was over at the venue.</summary>
    Expired,

    /// <summary>The venue changed it.</summary>
    Amended,

    /// <summary>The venue did not change it.</summary>
    AmendRejected,

    /// <summary>The venue did not cancel it.</summary>
    CancelRejected,

    /// <summary>The venue's rate limit refused the last request: nothing reached its books.</summary>
    Throttled,

    /// <summary>The outcome of the last request is not known (T2).</summary>
    Unknown,

    /// <summary>Answer: it never got there and is not on its way.</summary>
    AnsweredNotKnown,

    /// <summary>Answer: it was sent, its first report is still to come.</summary>
    AnsweredUnderWay,

    /// <summary>Answer: it works.</summary>
    AnsweredWorking,

    /// <summary>Answer: it has ended; the reports that end it came before.</summary>
    AnsweredEnded,

    /// <summary>It goes to its venue.</summary>
    Send,

    /// <summary>It waits for room in a rate budget.</summary>
    Queue,

    /// <summary>Somebody, or the engine, wants its end.</summary>
    Cancel,

    /// <summary>Somebody wants another quantity or price.</summary>
    Amend,

    /// <summary>The venue was silent for longer than the strategy allows.</summary>
    Timeout,

    /// <summary>Its time is over by the engine's timer.</summary>
    Expire,
}

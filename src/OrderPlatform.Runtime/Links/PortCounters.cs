namespace OrderPlatform.Runtime.Links;

/// <summary>What a gateway's port counted since it was opened.</summary>
public sealed class PortCounters
{
    /// <summary>Requests that were sent, each once.</summary>
    public long Requests { get; internal set; }

    /// <summary>Requests that were sent again to a gateway that had come back.</summary>
    public long RequestsAgain { get; internal set; }

    /// <summary>Reports that were put into the input ring.</summary>
    public long Reports { get; internal set; }

    /// <summary>Reports that had come before, and were passed over.</summary>
    public long ReportsAgain { get; internal set; }

    /// <summary>Times that a report's number was not the next one, and the gateway was asked to go back.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Questions about orders that did not leave, because the answer to the one before is still to be processed.</summary>
    public long QuestionsOpen { get; internal set; }

    /// <summary>Gateways that were welcomed.</summary>
    public long Welcomes { get; internal set; }

    /// <summary>Gateways that were refused.</summary>
    public long Refusals { get; internal set; }

    /// <summary>Messages that are none of the link's.</summary>
    public long Malformed { get; internal set; }

    /// <summary>Times that the gateway was silent for too long.</summary>
    public long Silences { get; internal set; }
}

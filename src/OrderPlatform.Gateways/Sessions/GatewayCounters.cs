namespace OrderPlatform.Gateways.Sessions;

/// <summary>What a session has counted since it began. Written by its thread; others may see a number late.</summary>
public sealed class GatewayCounters
{
    /// <summary>Requests that were carried out, market events and advances included.</summary>
    public long Requests { get; internal set; }

    /// <summary>Of these, orders, cancels, amends and questions.</summary>
    public long Orders { get; internal set; }

    /// <summary>Reports that were made.</summary>
    public long Reports { get; internal set; }

    /// <summary>Reports that were sent, each sending counted.</summary>
    public long ReportsSent { get; internal set; }

    /// <summary>Requests and market events that had been handled already, and were ignored.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Times that a number was missing, and a hello was said.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Messages that could not be read, or say what cannot be.</summary>
    public long Malformed { get; internal set; }

    /// <summary>Messages of a publication that has not welcomed this gateway, or of another epoch.</summary>
    public long Strangers { get; internal set; }

    /// <summary>Times that the engine has answered a hello.</summary>
    public long Welcomes { get; internal set; }

    /// <summary>Times that the engine was lost.</summary>
    public long Losses { get; internal set; }

    /// <summary>Cycles in which a request was not finished.</summary>
    public long Waits { get; internal set; }

    /// <summary>Requests that were passed over while no more reports could be kept; they come again.</summary>
    public long PassedOver { get; internal set; }
}

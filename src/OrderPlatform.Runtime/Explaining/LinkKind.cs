namespace OrderPlatform.Runtime.Explaining;

/// <summary>The links of an order's chain, from what began it to what it earned.</summary>
public enum LinkKind
{
    /// <summary>The input of a strategy's signal.</summary>
    Signal,

    /// <summary>What an ensemble's models said together.</summary>
    Votes,

    /// <summary>Every filter of a signal with its value, its limit and its verdict.</summary>
    Filters,

    /// <summary>What the signal became.</summary>
    Decision,

    /// <summary>The input that began what no signal asked for: a level that a price reached, a time, a breach of a limit, a command.</summary>
    Cause,

    /// <summary>The input with which somebody asked for an order, its end, or another quantity or price.</summary>
    Request,

    /// <summary>How the size came about, with all bounds and the one that decided.</summary>
    Sizing,

    /// <summary>Every check before the order, with its value, its limit and its verdict.</summary>
    Checks,

    /// <summary>The refusal of a check.</summary>
    Refusal,

    /// <summary>The parent order, when it was made and after each change: algorithm, quantities.</summary>
    Parent,

    /// <summary>A state of an order.</summary>
    Order,

    /// <summary>A message to the venue: the order, its cancel, its amend, a question.</summary>
    Sent,

    /// <summary>A venue's report or answer.</summary>
    Answer,

    /// <summary>What the engine found wrong with a report.</summary>
    Alert,

    /// <summary>A fill, as the order has it.</summary>
    Fill,

    /// <summary>The position after a fill.</summary>
    Position,

    /// <summary>The round from flat to flat that a fill ended, with its profit.</summary>
    Trade,
}

namespace OrderPlatform.Runtime.Auditing;

/// <summary>Whose a message is, seen by one client.</summary>
internal enum Belonging
{
    /// <summary>Another client's, or nobody's: market data, ticks.</summary>
    None,

    /// <summary>The client's own.</summary>
    Own,

    /// <summary>Of the whole shard, or of a venue or an instrument that the client uses: reference data, an operator's command.</summary>
    Shared,
}

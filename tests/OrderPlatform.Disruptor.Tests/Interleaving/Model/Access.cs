namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>What a thread does to memory next, or that it does nothing any more.</summary>
internal enum AccessKind
{
    Read,
    Write,
    LoadAcquire,
    LoadRelaxed,
    StoreRelease,
    StoreRelaxed,
    CompareExchange,
    Fence,
    WaitWhile,
    Await,
    Finished,
    Failed,
}

/// <summary>
/// One access of a program. <paramref name="Value"/> is what is stored, or what is waited away; <paramref name="Other"/> is the
/// comparand of a swap, or what the second cell of an await must no longer be.
/// </summary>
internal readonly record struct Access(AccessKind Kind, int Cell = -1, long Value = 0, long Other = 0, int SecondCell = -1)
{
    /// <summary>Plain accesses are no scheduling points: a program that is sensitive to their place has a data race, which is reported.</summary>
    public bool IsPlain => Kind is AccessKind.Read or AccessKind.Write;

    public bool IsLoad => Kind is AccessKind.Read or AccessKind.LoadAcquire or AccessKind.LoadRelaxed;

    /// <summary>Whether the program goes on alike whatever the memory holds.</summary>
    public bool HasNoResult => Kind is AccessKind.Write or AccessKind.StoreRelease or AccessKind.StoreRelaxed or AccessKind.Fence;

    public string KindInWords => Kind switch
    {
        AccessKind.Read => "plain read",
        AccessKind.Write => "plain write",
        AccessKind.LoadAcquire => "load acquire",
        AccessKind.LoadRelaxed => "load relaxed",
        AccessKind.StoreRelease => "store release",
        AccessKind.StoreRelaxed => "store relaxed",
        AccessKind.CompareExchange => "compare-exchange",
        AccessKind.Fence => "process-wide fence",
        AccessKind.WaitWhile => "wait while",
        AccessKind.Await => "await change",
        _ => Kind.ToString(),
    };
}

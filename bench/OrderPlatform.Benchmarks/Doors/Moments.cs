namespace OrderPlatform.Benchmarks.Doors;

/// <summary>What the load generator and the gateway noted of a signal, in ticks of the clock, which all threads share.</summary>
internal struct OutsideMoments
{
    /// <summary>When it was to be published, by a schedule that nobody can stretch.</summary>
    public long Due;

    /// <summary>When it was: later where the generator was late, or its window full.</summary>
    public long Published;

    /// <summary>When its order had arrived at the gateway.</summary>
    public long Arrived;
}

/// <summary>What the engine's stages noted of a signal, in ticks of the same clock.</summary>
internal struct EngineMoments
{
    /// <summary>The door had checked it and asked for a slot of the input ring.</summary>
    public long Received;

    /// <summary>It was sequenced and in the journal.</summary>
    public long Sequenced;

    /// <summary>What its append to the journal took.</summary>
    public long Journal;

    /// <summary>The engine had decided.</summary>
    public long Processed;

    /// <summary>The port had taken its order, behind the egress barrier.</summary>
    public long Taken;
}

namespace OrderPlatform.Disruptor.Stages;

/// <summary>How far a stage is in its life.</summary>
public enum StageState
{
    /// <summary>It takes slots.</summary>
    Running = 0,

    /// <summary>The poison has reached it: everything that was published has passed it.</summary>
    Drained = 1,

    /// <summary>A stage before it failed; it has done everything that one had done.</summary>
    CutOff = 2,

    /// <summary>Its handler threw.</summary>
    Failed = 3,
}

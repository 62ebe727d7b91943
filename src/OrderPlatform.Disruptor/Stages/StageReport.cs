namespace OrderPlatform.Disruptor.Stages;

/// <summary>Where a stage ended, or is.</summary>
/// <param name="Name">The stage.</param>
/// <param name="LastSequence">The last sequence that it is done with; -1 for none.</param>
/// <param name="State">Its state.</param>
/// <param name="BacklogHighWater">The most slots that ever waited in front of it.</param>
/// <param name="Failure">What ended it, if it failed.</param>
public readonly record struct StageReport(string Name, long LastSequence, StageState State, long BacklogHighWater, Exception? Failure);

/// <summary>What a shutdown found.</summary>
/// <param name="FinalSequence">The poison's place: the last sequence that could be published.</param>
/// <param name="Stages">The stages in the order of the pipeline.</param>
public sealed record ShutdownReport(long FinalSequence, IReadOnlyList<StageReport> Stages)
{
    /// <summary>True if everything that was published has passed every stage.</summary>
    public bool IsComplete => Stages.All(stage => stage.State == StageState.Drained);

    /// <summary>A line a stage.</summary>
    public override string ToString() => string.Join('\n', Stages.Select(stage =>
        $"{stage.Name}: {stage.State} at {stage.LastSequence} of {FinalSequence}, at most {stage.BacklogHighWater} waited{(stage.Failure is { } failure ? $": {failure.Message}" : "")}"));
}

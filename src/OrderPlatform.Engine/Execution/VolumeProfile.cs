using OrderPlatform.Engine.Execution.Slicing;

namespace OrderPlatform.Engine.Execution;

/// <summary>How much of a day's volume each hour usually has, from what was seen of an instrument.</summary>
internal static class VolumeProfile
{
    /// <summary>The weights of an instrument's hours.</summary>
    /// <returns><c>false</c> while an hour of the day is without volume: VWAP then runs as TWAP.</returns>
    public static bool TryRead(EngineState state, int instrument, out HourWeights weights) =>
        state.Histories[instrument].Volumes.TryWeights(out weights);
}

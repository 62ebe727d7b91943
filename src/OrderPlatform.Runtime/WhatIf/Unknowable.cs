namespace OrderPlatform.Runtime.WhatIf;

/// <summary>What a what-if cannot know: part of every answer.</summary>
internal static class Unknowable
{
    public static IReadOnlyList<string> For(JournalSetup setup, BaselineDistance distance)
    {
        var texts = new List<string>
        {
            "The market is as it was recorded: nobody knows how others would have reacted to other orders.",
            "Own orders do not move the recorded prices, and if recorded orders moved them, that is still in the data: own impact is counted for orders that are no longer there, and not for new ones.",
            "Reports of venues that were recorded answer other orders: both worlds have the simulated venue instead, and are compared with each other.",
            "The simulated venue is as good as its settings: latency, fees, slippage and fills of a real venue differ from hour to hour.",
            "Signals are as they were recorded: a strategy that looks at its own positions might have given others.",
        };
        if (!distance.IsIdentical)
        {
            texts.Add(
                $"Without any change the simulation is not what was recorded: {distance.Orders.Count} of {distance.Recorded.Orders} recorded orders differ. Take differences between the two worlds, not their sums.");
        }

        if (setup.IsTorn || !setup.IsCleanEnd)
        {
            texts.Add($"The run did not end cleanly: both worlds end with the last recorded input, {setup.LastSequence}.");
        }

        return texts;
    }
}

using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>Gives a parent the times and sizes of its algorithm, from the strategy's rules at its start.</summary>
internal static class Schedule
{
    /// <summary>Sets them.</summary>
    /// <returns><see cref="ReasonCode.None"/>, or why it cannot be carried out so.</returns>
    public static ReasonCode Begin(EngineState state, ref ParentOrder parent)
    {
        ref ExecutionRules rules = ref state.Strategies[state.Positions[parent.Position].Strategy].Execution;
        ref Instrument instrument = ref state.Instruments[state.Positions[parent.Position].Instrument];
        parent.StartNanos = state.NowNanos;
        switch (parent.Algorithm)
        {
            case ExecutionAlgorithm.LimitThenMarket:
                parent.EndNanos = state.NowNanos + ExecutionDefaults.LimitTimeoutNanos(rules);
                return ReasonCode.None;
            case ExecutionAlgorithm.Twap or ExecutionAlgorithm.Vwap:
                parent.Steps = ExecutionDefaults.Slices(rules);
                parent.EndNanos = state.NowNanos + ExecutionDefaults.DurationNanos(rules);
                PutProfile(state, ref parent);
                return ScheduledSteps.Times(parent).Fault == SlicingFault.None ? ReasonCode.None : ReasonCode.InvalidValue;
            case ExecutionAlgorithm.Pov:
                parent.EndNanos = state.NowNanos + ExecutionDefaults.DurationNanos(rules);
                parent.VolumeAtStart = instrument.Traded;
                return ReasonCode.None;
            case ExecutionAlgorithm.Iceberg:
                Price price = Lots.UnitPrice(instrument, ChildPrice.Of(state, parent, parent.Position, parent.Type));
                SlicingFault fault = Iceberg.Display(
                    parent.Quantity, ExecutionDefaults.VisibleFraction(rules), price, Lots.Of(state, parent, parent.Position), out parent.DisplayQuantity);
                return fault == SlicingFault.None ? ReasonCode.None : ReasonCode.QuantityBelowMinimum;
            default:
                return ReasonCode.None;
        }
    }

    private static void PutProfile(EngineState state, ref ParentOrder parent)
    {
        if (parent.Algorithm == ExecutionAlgorithm.Vwap && !VolumeProfile.TryRead(state, state.Positions[parent.Position].Instrument, out _))
        {
            parent.Algorithm = ExecutionAlgorithm.Twap;
            Events.Alert(state, Severity.Information, ReasonCode.NoVolumeProfile, 0, parent.Id);
        }
    }
}

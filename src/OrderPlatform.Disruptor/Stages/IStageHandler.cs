namespace OrderPlatform.Disruptor.Stages;

/// <summary>What a stage of a pipeline does. A struct is compiled into the stage's loop; a class costs a call a slot.</summary>
public interface IStageHandler<TSlot> : IEventHandler<TSlot>
    where TSlot : unmanaged
{
    /// <summary>
    /// Called after every look that found nothing, at least as often as the wait strategy comes by: the place to flush what the last
    /// batch left, and to look at timers.
    /// </summary>
    /// <param name="sequence">The last sequence that the stage is done with.</param>
    void OnIdle(long sequence);

    /// <summary>Called once, when the poison has reached the stage: nothing more will come. The place for the last flush.</summary>
    /// <param name="sequence">The last sequence that the stage is done with.</param>
    void OnShutdown(long sequence);
}

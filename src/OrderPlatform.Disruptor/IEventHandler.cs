namespace OrderPlatform.Disruptor;

/// <summary>Handles the slots of a ring one by one. A struct, so that the poll loop is compiled for it and the call is inlined.</summary>
public interface IEventHandler<TSlot>
    where TSlot : unmanaged
{
    /// <summary>Handles one slot. An exception leaves the slot unconsumed: it is handed out again at the next poll.</summary>
    /// <param name="data">The slot; valid during the call.</param>
    /// <param name="sequence">Its sequence, from 0.</param>
    /// <param name="endOfBatch">True for the last slot of this poll: the place to flush.</param>
    void OnEvent(ref TSlot data, long sequence, bool endOfBatch);
}

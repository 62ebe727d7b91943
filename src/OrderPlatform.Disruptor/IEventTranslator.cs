namespace OrderPlatform.Disruptor;

/// <summary>Fills a slot in place. A struct, so that filling is compiled into the publication.</summary>
public interface IEventTranslator<TSlot>
    where TSlot : unmanaged
{
    /// <summary>Fills the slot. It holds whatever it held a lap ago: write every byte that anybody reads. An exception publishes nothing.</summary>
    /// <param name="data">The slot; valid during the call.</param>
    /// <param name="sequence">Its sequence.</param>
    void TranslateTo(ref TSlot data, long sequence);
}

namespace OrderPlatform.Disruptor.Sequencing;

/// <summary>Somebody who may be asleep until a counter moves.</summary>
internal interface IWakeTarget
{
    /// <summary>Called by the counter's writer after its store.</summary>
    void Signal();
}

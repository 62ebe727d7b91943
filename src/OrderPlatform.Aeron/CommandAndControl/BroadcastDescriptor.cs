namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>What follows a broadcast's records. Source: aeron_broadcast_descriptor.h of Aeron 1.52.</summary>
public static class BroadcastDescriptor
{
    public const int TrailerLength = 128;

    /// <summary>The least capacity.</summary>
    public const int CapacityMin = 128;

    /// <summary>How far the transmitter is about to write: what lies a capacity before it is not to be trusted any more.</summary>
    public const int TailIntentOffset = 0;

    /// <summary>How far the transmitter has written.</summary>
    public const int TailOffset = 8;

    /// <summary>Where the latest record begins: receivers start there.</summary>
    public const int LatestOffset = 16;

    /// <summary>Refuses a buffer's length, trailer included, that no broadcast has.</summary>
    internal static void CheckLength(long bufferLength) => RecordDescriptor.CheckCapacity(bufferLength - TrailerLength, CapacityMin, TrailerLength);
}

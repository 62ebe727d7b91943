namespace OrderPlatform.Aeron.CommandAndControl.Counters;

/// <summary>Type ids of the driver's counters. Source: aeron_counters.h of Aeron 1.52.</summary>
public static class CounterTypes
{
    public const int System = 0;
    public const int PublisherLimit = 1;
    public const int SenderPosition = 2;
    public const int ReceiverHighWaterMark = 3;
    public const int SubscriberPosition = 4;
    public const int ReceiverPosition = 5;
    public const int SendChannelStatus = 6;
    public const int ReceiveChannelStatus = 7;
    public const int SenderLimit = 9;
    public const int ClientHeartbeat = 11;
    public const int PublisherPosition = 12;
    public const int SenderBackPressure = 13;
    public const int LocalSocketAddress = 14;
    public const int FlowControlReceivers = 17;
    public const int MdcDestinations = 18;
    public const int SenderNaksReceived = 19;
    public const int ReceiverNaksSent = 20;
}

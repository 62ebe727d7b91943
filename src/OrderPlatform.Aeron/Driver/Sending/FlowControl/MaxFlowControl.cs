namespace OrderPlatform.Aeron.Driver.Sending.FlowControl;

/// <summary>
/// The fastest receiver sets the limit: the only one of a unicast channel, any of a group. Source: aeron_flow_control.c of Aeron 1.52.
/// </summary>
internal sealed class MaxFlowControl(RetransmitLimit retransmitLimit) : IFlowControl
{
    public bool HasRequiredReceivers => true;

    public long OnStatusMessage(in StatusMessage statusMessage, long senderLimit, long nowNs) => Math.Max(senderLimit, statusMessage.WindowEdge);

    public void OnSetupElicited(in StatusMessage statusMessage)
    {
    }

    public void OnSetup(long senderLimit, long nowNs)
    {
    }

    public void OnError(long receiverId)
    {
    }

    public long OnIdle(long senderLimit, long nowNs) => senderLimit;

    public int MaxRetransmitLength(int termOffset, int nakLengthBytes, int termLength) => retransmitLimit.Of(termOffset, nakLengthBytes, termLength);
}

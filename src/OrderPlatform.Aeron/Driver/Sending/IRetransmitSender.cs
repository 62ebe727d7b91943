namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>Sends a part of a stream again.</summary>
internal interface IRetransmitSender
{
    void Resend(int termId, int termOffset, int lengthBytes, long nowNs);
}

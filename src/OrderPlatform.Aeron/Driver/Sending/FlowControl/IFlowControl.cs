namespace OrderPlatform.Aeron.Driver.Sending.FlowControl;

/// <summary>Makes one limit of what the receivers of a publication say. The sender's thread, unless the member says otherwise.</summary>
internal interface IFlowControl
{
    /// <summary>There are as many receivers as the channel asks for. Any thread.</summary>
    bool HasRequiredReceivers { get; }

    /// <summary>A receiver said how far it is.</summary>
    /// <returns>The new sender limit.</returns>
    long OnStatusMessage(in StatusMessage statusMessage, long senderLimit, long nowNs);

    /// <summary>A receiver asked for a SETUP.</summary>
    void OnSetupElicited(in StatusMessage statusMessage);

    /// <summary>The SETUP that a receiver asked for is sent.</summary>
    void OnSetup(long senderLimit, long nowNs);

    /// <summary>A receiver refused the stream.</summary>
    void OnError(long receiverId);

    /// <summary>Nothing was sent in this cycle.</summary>
    /// <returns>The new sender limit, which may be less than before when receivers are gone.</returns>
    long OnIdle(long senderLimit, long nowNs);

    /// <summary>How much of what a NAK asks for is sent again at once, never beyond the end of the term.</summary>
    int MaxRetransmitLength(int termOffset, int nakLengthBytes, int termLength);
}

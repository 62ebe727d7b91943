using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver.Sending.FlowControl;

/// <summary>Makes the flow control that a channel asks for.</summary>
internal static class FlowControlFactory
{
    /// <summary>True if a flow-control-receivers counter is to be made for the channel's publications.</summary>
    /// <exception cref="ControlProtocolException">The channel's <c>fc</c> is wrong.</exception>
    public static bool NeedsReceiverCounter(UdpChannel channel, MediaDriverContext context) =>
        OptionsOf(channel, context).Strategy is FlowControlOptions.Min or FlowControlOptions.Tagged;

    /// <summary>Makes it; unicast has only one kind and takes no notice of <c>fc</c>.</summary>
    /// <inheritdoc cref="NeedsReceiverCounter" path="/exception"/>
    public static IFlowControl Create(UdpChannel channel, MediaDriverContext context, AtomicCounter? receiverCount)
    {
        FlowControlOptions options = OptionsOf(channel, context);
        int multiple = options.RetransmitWindowMultiple
            ?? (channel.HasGroupSemantics ? context.MulticastRetransmitReceiverWindowMultiple : context.UnicastRetransmitReceiverWindowMultiple);
        var limit = new RetransmitLimit(context.InitialWindowLength, multiple);
        return options.Strategy switch
        {
            FlowControlOptions.Max => new MaxFlowControl(limit),
            string strategy => new MinFlowControl(options, strategy == FlowControlOptions.Tagged, limit, context.ReceiversPerPublicationMax, receiverCount),
        };
    }

    private static FlowControlOptions OptionsOf(UdpChannel channel, MediaDriverContext context) =>
        FlowControlOptions.Parse(channel.HasGroupSemantics ? channel.Uri.Get(ChannelKeys.FlowControl) : null, context.FlowControlReceiverTimeoutNs);
}

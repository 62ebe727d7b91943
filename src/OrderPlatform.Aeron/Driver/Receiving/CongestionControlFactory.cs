using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Makes the congestion control that a channel's <c>cc</c> names.</summary>
internal static class CongestionControlFactory
{
    /// <param name="name">The URI's <c>cc</c>: null or <c>static</c> for a constant window, <c>cubic</c>.</param>
    /// <param name="termLength">The image's: the window is at most half of it.</param>
    /// <param name="mtuLength">The image's.</param>
    /// <param name="receiverWindowLength">The channel's <c>rcv-wnd</c>, or zero for the driver's default.</param>
    /// <param name="context">The driver's settings.</param>
    /// <param name="nowNs">The time.</param>
    /// <exception cref="ControlProtocolException">There is no such congestion control.</exception>
    public static ICongestionControl Create(string? name, int termLength, int mtuLength, int receiverWindowLength, MediaDriverContext context, long nowNs)
    {
        int window = Math.Min(receiverWindowLength > 0 ? receiverWindowLength : context.InitialWindowLength, termLength / 2);
        return name switch
        {
            null or "static" => new StaticWindowCongestionControl(window),
            "cubic" => new CubicCongestionControl(mtuLength, window, context.CubicMeasureRtt, context.CubicInitialRttNs, nowNs),
            _ => throw new ControlProtocolException(ErrorCode.InvalidChannel, $"cc={name} is not known: use 'static' or 'cubic'."),
        };
    }
}

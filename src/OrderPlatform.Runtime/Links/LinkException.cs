using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Runtime.Links;

/// <summary>A link to a gateway cannot be opened, or nobody is at its other end: one line that names the place and the remedy.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="cause">What led to it.</param>
public sealed class LinkException(string message, Exception? cause = null) : Exception(message, cause)
{
    internal static T Guard<T>(GatewayPortOptions options, string channel, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception failure) when (failure is AeronException or ArgumentException)
        {
            throw new LinkException(
                $"the channel {channel} of the gateway of venue {options.VenueName} cannot be opened: {failure.Message.TrimEnd('.')}: "
                + "correct it in the deployment, or free its port",
                failure);
        }
    }
}

using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Client;

/// <summary>A client cannot do what is asked of it.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="cause">What led to it.</param>
public class AeronException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The driver refused a command.</summary>
public sealed class RegistrationException : AeronException
{
    /// <param name="correlationId">The command.</param>
    /// <param name="code">The kind of error.</param>
    /// <param name="message">What the driver says.</param>
    /// <param name="cause">What led to it.</param>
    public RegistrationException(long correlationId, ErrorCode code, string message, Exception? cause = null)
        : base($"Command {correlationId} was refused ({code}): {message}", cause)
    {
        CorrelationId = correlationId;
        Code = code;
    }

    /// <summary>The command.</summary>
    public long CorrelationId { get; }

    /// <summary>The kind of error.</summary>
    public ErrorCode Code { get; }
}

/// <summary>The driver is not there, does not answer or has ended.</summary>
public sealed class DriverTimeoutException(string message) : AeronException(message);

/// <summary>The driver took this client for dead and has closed all that was its own.</summary>
public sealed class ClientTimeoutException(string message) : AeronException(message);

/// <summary>This client's conductor stood still for longer than the driver waits for a sign of life.</summary>
public sealed class ConductorServiceTimeoutException(string message) : AeronException(message);

/// <summary>A socket of a channel failed; told to the error handler for each publication and subscription of the channel.</summary>
public sealed class ChannelEndpointException(int statusIndicatorId, string message) : AeronException(message)
{
    /// <summary>The counter with the channel's status.</summary>
    public int StatusIndicatorId { get; } = statusIndicatorId;
}

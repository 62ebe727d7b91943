using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>A command that cannot be carried out: the client is told the code and the message.</summary>
public sealed class ControlProtocolException : Exception
{
    /// <param name="code">The kind of error.</param>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="cause">What led to it.</param>
    public ControlProtocolException(ErrorCode code, string message, Exception? cause = null)
        : base(message, cause) => Code = code;

    /// <summary>The kind of error.</summary>
    public ErrorCode Code { get; }
}

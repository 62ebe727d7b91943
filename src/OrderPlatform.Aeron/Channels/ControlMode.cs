namespace OrderPlatform.Aeron.Channels;

/// <summary>How the destinations of a publication are found: the URI's <c>control-mode</c>.</summary>
public enum ControlMode
{
    /// <summary>One endpoint or group, from the URI.</summary>
    None,

    /// <summary>Receivers come and go by their status messages to the control address.</summary>
    Dynamic,

    /// <summary>The application adds and removes destinations.</summary>
    Manual,

    /// <summary>The answer of a request: to wherever the asker's setup request comes from.</summary>
    Response,
}

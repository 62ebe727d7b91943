namespace OrderPlatform.Runtime.Links;

/// <summary>What a port and its gateway are to each other.</summary>
public enum PortState
{
    /// <summary>No gateway has come yet, or the last one has gone.</summary>
    Waiting,

    /// <summary>A gateway is there, and its reports up to what it had made when it came are not all in yet.</summary>
    CatchingUp,

    /// <summary>A gateway is there and both sides are up to date.</summary>
    Connected,
}

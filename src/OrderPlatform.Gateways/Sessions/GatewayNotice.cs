namespace OrderPlatform.Gateways.Sessions;

/// <summary>What a gateway tells its operator.</summary>
public enum GatewayNoticeKind
{
    /// <summary>The journal was read and all doubts are settled.</summary>
    Recovered,

    /// <summary>The engine has answered.</summary>
    Connected,

    /// <summary>The engine is gone; the gateway says hello until it is back.</summary>
    Lost,

    /// <summary>Something that came was not taken.</summary>
    Refused,
}

/// <summary>One line.</summary>
/// <param name="Kind">What kind of news it is.</param>
/// <param name="Text">What happened, where, and what to do if anything.</param>
public readonly record struct GatewayNotice(GatewayNoticeKind Kind, string Text);

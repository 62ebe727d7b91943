namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>What an offer returns in place of a position. Source: aeronc.h of Aeron 1.52.</summary>
internal static class OfferResult
{
    public const long NotConnected = -1;
    public const long BackPressured = -2;
    public const long AdminAction = -3;
    public const long Closed = -4;
    public const long MaxPositionExceeded = -5;
}

namespace OrderPlatform.Engine.Budgets;

/// <summary>When the windows of a <see cref="FixedWindow"/> begin.</summary>
public enum WindowAlignment : byte
{
    /// <summary>At whole multiples of the window since 1970-01-01 UTC: a day begins at midnight, ten seconds at :00, :10 and so on (Binance).</summary>
    Calendar = 0,

    /// <summary>With the first request after the window before it has ended: a budget of one's own, or of a venue that does not say.</summary>
    FirstUse = 1,
}

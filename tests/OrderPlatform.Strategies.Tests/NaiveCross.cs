namespace OrderPlatform.Strategies.Tests;

/// <summary>R169 as anyone would write it: a list of closes and two decimal averages, all made anew at each bar.</summary>
internal sealed class NaiveCross(int fastPeriod, int slowPeriod)
{
    private readonly List<decimal> _closes = [];
    private int _side;

    /// <summary>The direction wished after a close, or null.</summary>
    public int? OnClose(decimal close)
    {
        _closes.Add(close);
        if (_closes.Count < slowPeriod)
        {
            return null;
        }

        // Multiplied out: a decimal quotient would round.
        decimal fast = _closes.TakeLast(fastPeriod).Sum() * slowPeriod;
        decimal slow = _closes.TakeLast(slowPeriod).Sum() * fastPeriod;
        int before = _side;
        _side = fast == slow ? before : fast > slow ? 1 : -1;
        return before != 0 && before != _side ? _side : null;
    }
}

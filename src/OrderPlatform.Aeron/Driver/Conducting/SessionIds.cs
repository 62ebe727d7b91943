namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// Gives session ids, one after the other from a random start, past the reserved range. Source: aeron_driver_conductor_next_session_id of Aeron 1.52.
/// </summary>
internal sealed class SessionIds(int first, int reservedLow, int reservedHigh)
{
    private int _next = first;

    /// <summary>The next id that <paramref name="isUsed"/> does not know.</summary>
    public int Next(Predicate<int> isUsed)
    {
        while (true)
        {
            if (_next >= reservedLow && _next <= reservedHigh)
                _next = unchecked(reservedHigh + 1);
            int sessionId = _next;
            _next = unchecked(_next + 1);
            if (!isUsed(sessionId))
                return sessionId;
        }
    }
}

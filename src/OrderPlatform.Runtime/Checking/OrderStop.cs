namespace OrderPlatform.Runtime.Checking;

/// <summary>The stop of a shard's order flow: thrown once by the follower, seen by the egress, and never taken back while the process lives.</summary>
public sealed class OrderStop
{
    private bool _isThrown;
    private long _heldBack;

    /// <summary>Whether new orders and amends are held back; any thread may ask.</summary>
    public bool IsThrown => Volatile.Read(ref _isThrown);

    /// <summary>New orders and amends that were held back; any thread may ask.</summary>
    public long HeldBack => Volatile.Read(ref _heldBack);

    /// <summary>Stops the flow of orders.</summary>
    public void Throw() => Volatile.Write(ref _isThrown, true);

    /// <summary>Egress, its one writer: counts a request that does not leave.</summary>
    internal void CountHeldBack() => Volatile.Write(ref _heldBack, _heldBack + 1);
}

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>
/// Which signal an order is of. Signals are of the instruments in turn and each becomes an order, so the n-th order of an instrument is of its n-th signal, also
/// where an order waited for the fill of the one before and came out of turn.
/// </summary>
internal sealed class SignalOfOrder(int instruments)
{
    private readonly int[] _orders = new int[instruments];

    /// <summary>The number of the signal of the next order of an instrument.</summary>
    public int Of(uint instrument)
    {
        int index = (int)instrument - 1;
        return (_orders[index]++ * _orders.Length) + index;
    }
}

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Our id of an order at its venue: shard (6 bits), epoch (12), input sequence (40), number of the order among those of that input (6). A pure
/// function of the decision (law 4, T2): recomputed after a crash it is the same, and no two decisions share one.
/// </summary>
public static class ClientOrderId
{
    /// <summary>Largest shard.</summary>
    public const int ShardMax = 63;

    /// <summary>Largest epoch.</summary>
    public const int EpochMax = 4_095;

    /// <summary>Largest input sequence.</summary>
    public const long SequenceMax = (1L << 40) - 1;

    /// <summary>Most orders of one input.</summary>
    public const int OrdersPerInputMax = 64;

    /// <summary>The id of an order.</summary>
    public static ulong Make(int shard, int epoch, long sequence, int orderOfInput) =>
        ((ulong)shard << 58) | ((ulong)epoch << 46) | ((ulong)sequence << 6) | (uint)orderOfInput;

    /// <summary>The sequence of the input that decided the order.</summary>
    public static long SequenceOf(ulong clientOrderId) => (long)(clientOrderId >> 6) & SequenceMax;
}

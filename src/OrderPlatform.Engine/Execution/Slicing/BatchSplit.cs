using System;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>Orders in batches of a venue's largest size (R80): all full but the last.</summary>
/// <param name="Orders">How many orders, zero or above.</param>
/// <param name="BatchMax">Most orders of one batch, above zero.</param>
public readonly record struct BatchSplit(int Orders, int BatchMax)
{
    /// <summary>Orders of one batch at OKX (R80).</summary>
    public const int BatchMaxDefault = 20;

    /// <summary>How many batches.</summary>
    public int Batches => (Orders / BatchMax) + (Orders % BatchMax == 0 ? 0 : 1);

    /// <summary>Orders in batch <paramref name="index"/>, from 0.</summary>
    public int Size(int index) => (int)Math.Clamp(Orders - ((long)index * BatchMax), 0, BatchMax);
}

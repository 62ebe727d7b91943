namespace OrderPlatform.Disruptor.Memory;

/// <summary>
/// Every access to a counter that two threads share goes through here, with the order that it needs. The protocols of the ring are
/// written once against it: <see cref="HardwareMemory"/> makes each call the machine's own instruction, and the tests put a model in
/// its place that tries all interleavings, lets a read without acquire or a store without release go wrong, and reports what a weaker
/// machine than the one at hand would do.
/// </summary>
internal unsafe interface ISharedMemory
{
    /// <summary>Plain load: for the cell's only writer, or behind an acquire that orders it.</summary>
    static abstract long Read(long* cell);

    /// <summary>Load with acquire: nothing after it happens before it.</summary>
    static abstract long ReadAcquire(long* cell);

    /// <inheritdoc cref="ReadAcquire(long*)"/>
    static abstract int ReadAcquire(int* cell);

    /// <summary>Plain store: nobody else reads the cell, or a release follows that orders it.</summary>
    static abstract void Write(long* cell, long value);

    /// <inheritdoc cref="Write(long*, long)"/>
    static abstract void Write(int* cell, int value);

    /// <summary>Store with release: everything before it happens before it.</summary>
    static abstract void WriteRelease(long* cell, long value);

    /// <inheritdoc cref="WriteRelease(long*, long)"/>
    static abstract void WriteRelease(int* cell, int value);

    /// <summary>Compare and swap with a full fence on both sides; returns what the cell held.</summary>
    static abstract long CompareExchange(long* cell, long value, long comparand);

    /// <summary>
    /// A full fence in the calling thread and in every other thread of the process: whatever another thread stored before this point is
    /// visible here, and what was stored here is visible to it. Costs microseconds, and spares the other side its fence.
    /// </summary>
    static abstract void ProcessWideFence();

    /// <summary>Waits until the cell (acquire) holds something else. Only for waits of a few instructions of another thread.</summary>
    static abstract void WaitWhile(long* cell, long value);
}

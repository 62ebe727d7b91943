using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>The memory that the ring's protocol runs on in the checker: each access asks the running replay what happens.</summary>
internal readonly unsafe struct ModelMemory : ISharedMemory
{
    public static long Read(long* cell) => Replay.Perform(AccessKind.Read, cell);

    public static long ReadAcquire(long* cell) => Replay.Perform(AccessKind.LoadAcquire, cell);

    public static int ReadAcquire(int* cell) => (int)Replay.Perform(AccessKind.LoadAcquire, cell);

    public static void Write(long* cell, long value) => Replay.Perform(AccessKind.Write, cell, value);

    public static void Write(int* cell, int value) => Replay.Perform(AccessKind.Write, cell, value);

    public static void WriteRelease(long* cell, long value) => Replay.Perform(AccessKind.StoreRelease, cell, value);

    public static void WriteRelease(int* cell, int value) => Replay.Perform(AccessKind.StoreRelease, cell, value);

    public static long CompareExchange(long* cell, long value, long comparand) => Replay.Perform(AccessKind.CompareExchange, cell, value, comparand);

    public static void ProcessWideFence() => Replay.Perform(AccessKind.Fence, null);

    public static void WaitWhile(long* cell, long value) => Replay.Perform(AccessKind.WaitWhile, cell, value);

    /// <summary>A load that orders nothing, which the protocol never asks for: for programs that must not learn more than the code under test.</summary>
    public static long ReadRelaxed(void* cell) => Replay.Perform(AccessKind.LoadRelaxed, cell);

    /// <summary>A store that orders nothing.</summary>
    public static void WriteRelaxed(void* cell, long value) => Replay.Perform(AccessKind.StoreRelaxed, cell, value);

    /// <summary>What the running step last read from the cell: what a wait for a change has to start from.</summary>
    public static long LastLoaded(void* cell) => Replay.LastLoaded(cell);

    /// <summary>Stands for any number of looks in vain: goes on when the cell can be seen to hold something else; orders nothing.</summary>
    public static void Await(void* cell, long value) => Replay.Perform(AccessKind.Await, cell, value);

    /// <summary>Goes on when either cell can be seen to hold something else.</summary>
    public static void AwaitEither(void* cell, long value, void* second, long secondValue) =>
        Replay.Perform(AccessKind.Await, cell, value, secondValue, second);
}

using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>What a memory does less than it is asked to.</summary>
internal interface IWeakness
{
    static virtual bool StoresOrderNothing => false;

    static virtual bool LoadsOrderNothing => false;

    static virtual bool StoresArePlain => false;

    static virtual bool LoadsArePlain => false;

    static virtual bool FencesDoNothing => false;
}

/// <summary>Stores with release that only arrive some time: what a plain store is on arm64.</summary>
internal readonly struct UnorderedStores : IWeakness
{
    public static bool StoresOrderNothing => true;
}

/// <summary>Loads with acquire that hold nothing behind them back: what a plain load is on arm64.</summary>
internal readonly struct UnorderedLoads : IWeakness
{
    public static bool LoadsOrderNothing => true;
}

/// <summary>As if somebody had written plain assignments.</summary>
internal readonly struct PlainStores : IWeakness
{
    public static bool StoresArePlain => true;
}

/// <summary>As if somebody had read the fields directly.</summary>
internal readonly struct PlainLoads : IWeakness
{
    public static bool LoadsArePlain => true;
}

/// <summary>Process-wide fences that do nothing: wrong on x64 too, where a store may still sit in its buffer when the next load is made.</summary>
internal readonly struct NoFences : IWeakness
{
    public static bool FencesDoNothing => true;
}

/// <summary>None: what the others are compared with.</summary>
internal readonly struct NoWeakness : IWeakness;

/// <summary>The checker's memory with one weakness, so that the tests can show what they would find.</summary>
internal readonly unsafe struct WeakMemory<TWeakness> : ISharedMemory
    where TWeakness : struct, IWeakness
{
    public static long Read(long* cell) => ModelMemory.Read(cell);

    public static long ReadAcquire(long* cell) => Load(cell);

    public static int ReadAcquire(int* cell) => (int)Load(cell);

    public static void Write(long* cell, long value) => ModelMemory.Write(cell, value);

    public static void Write(int* cell, int value) => ModelMemory.Write(cell, value);

    public static void WriteRelease(long* cell, long value) => Store(cell, value);

    public static void WriteRelease(int* cell, int value) => Store(cell, value);

    public static long CompareExchange(long* cell, long value, long comparand) => ModelMemory.CompareExchange(cell, value, comparand);

    public static void ProcessWideFence()
    {
        if (!TWeakness.FencesDoNothing)
            ModelMemory.ProcessWideFence();
    }

    public static void WaitWhile(long* cell, long value) => ModelMemory.WaitWhile(cell, value);

    private static long Load(void* cell) =>
        TWeakness.LoadsOrderNothing ? ModelMemory.ReadRelaxed(cell)
        : TWeakness.LoadsArePlain ? ModelMemory.Read((long*)cell)
        : ModelMemory.ReadAcquire((long*)cell);

    private static void Store(void* cell, long value)
    {
        if (TWeakness.StoresOrderNothing)
            ModelMemory.WriteRelaxed(cell, value);
        else if (TWeakness.StoresArePlain)
            ModelMemory.Write((long*)cell, value);
        else
            ModelMemory.WriteRelease((long*)cell, value);
    }
}

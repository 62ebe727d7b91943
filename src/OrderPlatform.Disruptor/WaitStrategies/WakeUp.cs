using OrderPlatform.Disruptor.Memory;
using OrderPlatform.Disruptor.Sequencing;

namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>
/// One thread's alarm clock, for <see cref="BlockingWaitStrategy"/>. Tell everything that the thread waits for to ring it:
/// <see cref="RingBuffer{TSlot}.WakeOnPublish"/>, <see cref="EventPoller{TSlot}.WakeOnRelease"/>, or <see cref="Signal"/> by hand.
/// </summary>
public sealed unsafe class WakeUp : IWakeTarget
{
    private readonly WakeFlag<HardwareMemory> _flag;
    private readonly object _bed = new();
    private bool _isSignalled;
    private ThreadRule _sleeper = new("sleeper of a wake-up");

    /// <summary>An alarm clock that nothing rings yet.</summary>
    public WakeUp()
    {
        Block = new NativeBlock(RingLayout.LineBytes);
        _flag = new WakeFlag<HardwareMemory>((long*)Block.Address);
    }

    private NativeBlock Block { get; }

    /// <summary>Wakes the thread if it sleeps or is about to. Costs a load if not. Call it after what the thread waits for was stored.</summary>
    public void Signal()
    {
        if (_flag.TryTake())
            Wake();
        GC.KeepAlive(this);
    }

    /// <summary>The first half of going to sleep: after this the thread looks once more at what it waits for.</summary>
    internal void Raise()
    {
        _sleeper.Assert();
        _flag.Raise();
    }

    /// <summary>The look found something: no sleep.</summary>
    internal void Lower() => _flag.Lower();

    /// <summary>The second half: sleeps until a signal that came after <see cref="Raise"/>, or until the limit.</summary>
    internal void Sleep(int limitMillis)
    {
        lock (_bed)
        {
            if (!_isSignalled)
                Monitor.Wait(_bed, limitMillis);
            _isSignalled = false;
        }

        _flag.Lower();
    }

    private void Wake()
    {
        lock (_bed)
        {
            _isSignalled = true;
            Monitor.Pulse(_bed);
        }
    }
}

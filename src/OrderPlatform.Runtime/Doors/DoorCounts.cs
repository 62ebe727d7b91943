using OrderPlatform.Aeron.Client;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Doors;

/// <summary>What happened to one publisher's submissions, or to those of nobody in particular. Written by the door's thread, read by any.</summary>
internal sealed class DoorCounts
{
    private long _accepted;
    private long _duplicates;
    private long _refused;
    private long _backPressured;

    /// <summary>Submissions that entered the ring.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Submissions that had come before.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Hellos and submissions that were refused, and what was no message at all.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>How often reading had to stop: the ring, the window or the budget was used up, or answers could not leave.</summary>
    public long BackPressured => Volatile.Read(ref _backPressured);

    public void CountAccepted() => Volatile.Write(ref _accepted, _accepted + 1);

    public void CountDuplicate() => Volatile.Write(ref _duplicates, _duplicates + 1);

    public void CountRefused() => Volatile.Write(ref _refused, _refused + 1);

    public void CountBackPressured() => Volatile.Write(ref _backPressured, _backPressured + 1);
}

/// <summary>Shows counts among the media driver's counters, where any tool on the machine reads them (type 1101, key: publisher id and which count).</summary>
internal sealed class DoorCounterSet : IDisposable
{
    /// <summary>Type of these counters.</summary>
    public const int TypeId = 1_101;

    private static readonly string[] Names = ["accepted", "duplicates", "refused", "back pressured"];

    private readonly AeronClient _aeron;
    private readonly DoorCounts _counts;
    private readonly long[] _registrations = new long[Names.Length];
    private readonly Counter?[] _counters = new Counter?[Names.Length];

    public DoorCounterSet(AeronClient aeron, uint publisherId, string name, DoorCounts counts)
    {
        _aeron = aeron;
        _counts = counts;
        Span<byte> key = stackalloc byte[8];
        for (int index = 0; index < Names.Length; index++)
        {
            BitConverter.TryWriteBytes(key, publisherId);
            BitConverter.TryWriteBytes(key[4..], index);
            _registrations[index] = aeron.AsyncAddCounter(TypeId, key, $"door {Names[index]}: publisher {publisherId} {name}");
        }
    }

    /// <summary>Copies the counts there.</summary>
    public void Show()
    {
        for (int index = 0; index < Names.Length; index++)
        {
            Counter? counter = _counters[index] ??= Get(index);
            counter?.Set(index switch { 0 => _counts.Accepted, 1 => _counts.Duplicates, 2 => _counts.Refused, _ => _counts.BackPressured });
        }
    }

    public void Dispose()
    {
        foreach (Counter? counter in _counters)
        {
            counter?.Dispose();
        }
    }

    // A driver without room for more counters refuses: the counts can still be read from code.
    private Counter? Get(int index)
    {
        if (_registrations[index] < 0)
        {
            return null;
        }

        try
        {
            return _aeron.GetCounter(_registrations[index]);
        }
        catch (RegistrationException)
        {
            _registrations[index] = -1;
            return null;
        }
    }
}

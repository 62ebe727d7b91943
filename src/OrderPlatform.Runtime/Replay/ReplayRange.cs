namespace OrderPlatform.Runtime.Replay;

/// <summary>
/// What of a journal is looked at. The engine is given everything before it too, as its state is a function of all inputs. A range of times begins with the
/// first input that is not earlier and ends before the first one that is later.
/// </summary>
public sealed record ReplayRange
{
    /// <summary>A range.</summary>
    /// <param name="from">The first place in it; null for the journal's begin.</param>
    /// <param name="to">The last place in it; null for the journal's end.</param>
    /// <exception cref="ArgumentException">It ends before it begins.</exception>
    public ReplayRange(ReplayPlace? from, ReplayPlace? to)
    {
        if (from is { } first && to is { } last && first.IsTime == last.IsTime && first.Value > last.Value)
        {
            throw new ArgumentException($"the range from {first} to {last} ends before it begins: give the earlier place first");
        }

        From = from;
        To = to;
    }

    /// <summary>All of a journal.</summary>
    public static ReplayRange Whole { get; } = new(null, null);

    /// <summary>The first place in it, or null.</summary>
    public ReplayPlace? From { get; }

    /// <summary>The last place in it, or null.</summary>
    public ReplayPlace? To { get; }

    /// <summary>Whether it has begun at an input.</summary>
    public bool IsReachedBy(long sequence, long timestampNanos) => From is not { } place || place.IsReachedBy(sequence, timestampNanos);

    /// <summary>Whether it ended before an input.</summary>
    public bool IsPassedBy(long sequence, long timestampNanos) => To is { } place && place.IsPassedBy(sequence, timestampNanos);

    /// <summary>Whether no later input can be in it. Of a range of times only the next input tells.</summary>
    public bool EndsWith(long sequence) => To is { IsTime: false } place && place.Value == sequence;
}

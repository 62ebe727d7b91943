namespace OrderPlatform.Runtime.Inputs;

/// <summary>Everything that enters a run from outside its venues, as one sequence in order of time.</summary>
public interface IInputFeed
{
    /// <summary>Time of the first input.</summary>
    long FirstTimeNanos { get; }

    /// <summary>Market events read.</summary>
    long EventCount { get; }

    /// <summary>The item that <see cref="MoveNext"/> moved to; valid until it is called again.</summary>
    FeedItem Current { get; }

    /// <summary>Moves to the next item.</summary>
    bool MoveNext();
}

namespace OrderPlatform.Runtime.Recovery;

/// <summary>A replica that does not agree with the engine whose journal it follows.</summary>
/// <param name="After">The last sequence at which both agreed; 0 if there was none.</param>
/// <param name="Sequence">The sequence at which they do not: the first input that was taken otherwise lies between, and is this one where it follows that
/// one.</param>
/// <param name="What">What differs, with both digests.</param>
public sealed record FollowerDifference(long After, long Sequence, string What)
{
    /// <summary>The input of <see cref="Sequence"/>, for people; empty if it is not known.</summary>
    public string Input { get; init; } = "";

    /// <summary>Whether the very input was found.</summary>
    public bool IsExact => Sequence == After + 1;

    /// <inheritdoc/>
    public override string ToString()
    {
        string place = After >= Sequence ? $"at sequence {Sequence}, where they had agreed" : IsExact ? $"at input {Sequence}, {Input}, for the first time" : $"since one of the inputs {After + 1} to {Sequence}";
        return $"the live engine and its follower differ {place}: {What}";
    }
}

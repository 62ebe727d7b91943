namespace OrderPlatform.Runtime.Replay;

/// <summary>What a line of a digest file is about.</summary>
public enum DigestLineKind
{
    /// <summary>An input: its record in the journal and the digest of all outputs up to it.</summary>
    Input,

    /// <summary>The state's digest after an input.</summary>
    State,

    /// <summary>The last line: the file is whole.</summary>
    End,
}

/// <summary>A line of a digest file.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Sequence">The input, or the last one.</param>
/// <param name="Record">With inputs, the checksum of the record, which stands for all records before it too.</param>
/// <param name="Digest">Of outputs with inputs, of the state with states.</param>
public readonly record struct DigestLine(DigestLineKind Kind, long Sequence, uint Record, ulong Digest);

/// <summary>The first line of a digest file: where it begins.</summary>
/// <param name="First">The first input.</param>
/// <param name="Record">Checksum of that input's record: whose journal it is.</param>
/// <param name="StateEvery">Inputs between two digests of the state.</param>
/// <param name="Outputs">Digest of all outputs before the first input.</param>
/// <param name="State">Digest of the state before the first input.</param>
public sealed record DigestFileHeader(long First, uint Record, int StateEvery, ulong Outputs, ulong State)
{
    /// <summary>The version that is written and read.</summary>
    public const int Version = 1;

    /// <summary>The first word of a digest file.</summary>
    public const string Magic = "orderplatform-digests";
}

using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Whom a change hurts.</summary>
[Flags]
public enum Impact
{
    /// <summary>Nobody.</summary>
    Harmless = 0,

    /// <summary>Code that uses the generated names; bytes are read as before.</summary>
    Source = 1,

    /// <summary>Readers made from the old schema, given bytes of the new one.</summary>
    OldReaders = 2,

    /// <summary>Readers made from the new schema, given bytes of the old one.</summary>
    NewReaders = 4,

    /// <summary>Readers in both directions.</summary>
    BothReaders = OldReaders | NewReaders,
}

/// <summary>One change between two schemas.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Impact">Whom it hurts.</param>
/// <param name="Position">Where.</param>
/// <param name="IsInOld">Whether the place is in the old schema, because the new one has none.</param>
/// <param name="Subject">The thing that changed, from the message downwards.</param>
/// <param name="Reason">Why the impact is what it is, in one sentence.</param>
public sealed record Finding(ChangeKind Kind, Impact Impact, SourcePosition Position, bool IsInOld, string Subject, string Reason)
{
    /// <summary>Whether bytes can be misread.</summary>
    public bool BreaksWire => (Impact & Impact.BothReaders) != 0;

    /// <summary>In the form that build tools and editors understand: <c>file(line,column): impact: subject: reason</c>.</summary>
    public string Format(string oldFile, string newFile) =>
        $"{Position.In(IsInOld ? oldFile : newFile)}: {Describe(Impact)}: {Subject}: {Reason}";

    /// <summary>The impact in words.</summary>
    public static string Describe(Impact impact) => (impact & Impact.BothReaders) switch
    {
        Impact.BothReaders => "breaks readers of both versions",
        Impact.OldReaders => "breaks old readers",
        Impact.NewReaders => "breaks new readers of old bytes",
        _ => impact == Impact.Harmless ? "harmless" : "source only",
    };
}

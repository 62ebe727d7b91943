namespace OrderPlatform.Admin.Live.Checks;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It runs, and something should be looked at.</summary>
    Warning,

    /// <summary>It does not run so, or must not.</summary>
    Error,
}

/// <summary>What the doctor found.</summary>
/// <param name="Level">How bad.</param>
/// <param name="Area">Of what: clock, disk…</param>
/// <param name="What">In a line.</param>
/// <param name="Remedy">What to do; null where nothing is.</param>
internal sealed record Finding(FindingLevel Level, string Area, string What, string? Remedy)
{
    public static Finding Ok(string area, string what) => new(FindingLevel.Ok, area, what, null);

    public static Finding Warning(string area, string what, string remedy) => new(FindingLevel.Warning, area, what, remedy);

    public static Finding Error(string area, string what, string remedy) => new(FindingLevel.Error, area, what, remedy);
}

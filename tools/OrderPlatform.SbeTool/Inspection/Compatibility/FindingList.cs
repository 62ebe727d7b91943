using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Collects findings; a type that many fields use is reported once.</summary>
internal sealed class FindingList(int oldVersion)
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<Finding> _known = [];

    internal IReadOnlyList<Finding> All => _findings;

    /// <summary>What is newer than this was not in old bytes.</summary>
    internal int OldVersion { get; } = oldVersion;

    internal void InNew(ChangeKind kind, Impact impact, Label label, string subject, string reason) =>
        Add(new Finding(kind, impact, label.Position, IsInOld: false, subject, reason));

    internal void InOld(ChangeKind kind, Impact impact, Label label, string subject, string reason) =>
        Add(new Finding(kind, impact, label.Position, IsInOld: true, subject, reason));

    /// <summary>Advice against a thing appears or goes; its bytes stay.</summary>
    internal void Deprecation(Label before, Label after, string subject)
    {
        if (before.DeprecatedSince != after.DeprecatedSince)
        {
            InNew(
                ChangeKind.Deprecated, Impact.Harmless, after, subject,
                after.DeprecatedSince is { } version ? $"it is deprecated since version {version}, and its bytes stay" : "it is not deprecated any more");
        }
    }

    private void Add(Finding finding)
    {
        if (_known.Add(finding))
        {
            _findings.Add(finding);
        }
    }
}

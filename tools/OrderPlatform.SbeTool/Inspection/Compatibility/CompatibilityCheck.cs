using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Compares two versions of a schema: does the wire still hold, in both directions, and if not, why.</summary>
public static class CompatibilityCheck
{
    /// <summary>All changes; schema first, then messages in the order of the new schema, then what was removed.</summary>
    /// <param name="old">The version whose readers and bytes exist.</param>
    /// <param name="changed">The version that shall follow it.</param>
    public static IReadOnlyList<Finding> Compare(SchemaLayout old, SchemaLayout changed)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(changed);
        var findings = new FindingList(old.Definition.Version);
        var types = new TypeComparer(findings);
        CompareSchema(old, changed, findings, types);
        new MessageComparer(findings, new BlockComparer(findings, types)).Compare(old.Messages, changed.Messages);
        CompareUnused(old, changed, findings, types);
        CompareVersions(old, changed, findings);
        return findings.All;
    }

    private static void CompareSchema(SchemaLayout old, SchemaLayout changed, FindingList findings, TypeComparer types)
    {
        SchemaDefinition before = old.Definition;
        SchemaDefinition after = changed.Definition;
        if (before.Id != after.Id)
        {
            findings.InNew(
                ChangeKind.SchemaIdChanged, Impact.BothReaders, after.Label, "schema",
                $"the id changes from {before.Id} to {after.Id}, so each side takes the other's messages for foreign ones");
        }

        if (before.IsBigEndian != after.IsBigEndian)
        {
            findings.InNew(ChangeKind.ByteOrderChanged, Impact.BothReaders, after.Label, "schema",
                "the byte order changes, so every number of more than one byte reads as another");
        }

        if (before.Package != after.Package)
        {
            findings.InNew(ChangeKind.Renamed, Impact.Source, after.Label, "schema",
                $"the package changes from {before.Package} to {after.Package}, which is only the namespace of code");
        }

        if (old.Header.Composite.LengthBytes != changed.Header.Composite.LengthBytes
            || old.Header with { Composite = changed.Header.Composite } != changed.Header)
        {
            findings.InNew(
                ChangeKind.HeaderChanged, Impact.BothReaders, changed.Header.Composite.Label, "message header",
                "its fields or its length change, so no reader finds the message behind it");
        }
        else
        {
            types.Compare(old.Header.Composite, changed.Header.Composite, "message header");
        }
    }

    /// <summary>Types that no message uses are names only, but their users may be code.</summary>
    private static void CompareUnused(SchemaLayout old, SchemaLayout changed, FindingList findings, TypeComparer types)
    {
        foreach (TypeLayout before in old.Types.Where(type => !types.IsCompared(type)))
        {
            TypeLayout? after = changed.Types.FirstOrDefault(type => type.Label.Name == before.Label.Name);
            if (after is null)
            {
                findings.InOld(ChangeKind.Removed, Impact.Source, before.Label, $"type {before.Label.Name}",
                    "it is removed; what its users had on the wire is told at their fields");
            }
        }
    }

    private static void CompareVersions(SchemaLayout old, SchemaLayout changed, FindingList findings)
    {
        int before = old.Definition.Version;
        int after = changed.Definition.Version;
        if (after < before)
        {
            findings.InNew(
                ChangeKind.VersionLowered, Impact.BothReaders, changed.Definition.Label, "schema",
                $"the version falls from {before} to {after}, so readers take new messages for older ones");
        }
        else if (after == before && findings.All.Any(static finding => finding.Impact != Impact.Harmless || finding.Kind == ChangeKind.Added))
        {
            bool isWire = findings.All.Any(static finding => finding.BreaksWire || finding.Kind == ChangeKind.Added);
            findings.InNew(
                ChangeKind.VersionNotRaised, isWire ? Impact.BothReaders : Impact.Source, changed.Definition.Label, "schema",
                $"the version stays {after} although the schema changes, so no reader can tell which of the two wrote a message");
        }
    }
}

using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>
/// Additions must stand where older readers and writers do not look: at the end of a block, and after all groups and data of the
/// message. The reference tool accepts other places and breaks the wire.
/// </summary>
internal sealed class VersionChecker(DiagnosticBag diagnostics)
{
    /// <summary>Something that has a place in an order, and the versions of its first and last values.</summary>
    private readonly record struct Place(Label Label, int Oldest, int Newest);

    internal void CheckNumbers(Label label, int schemaVersion)
    {
        if (label.SinceVersion > schemaVersion)
        {
            diagnostics.Report(
                Rules.VersionTooNew, label.Position, $"{label.Name}: sinceVersion {label.SinceVersion} is above the schema's version {schemaVersion}");
        }

        if (label.DeprecatedSince is { } deprecated && (deprecated > schemaVersion || deprecated < label.SinceVersion))
        {
            string reason = deprecated > schemaVersion
                ? $"above the schema's version {schemaVersion}" : $"below {label.SinceVersion}, the version that added it";
            diagnostics.Report(Rules.BadDeprecation, label.Position, $"{label.Name}: deprecated {deprecated} is {reason}");
        }
    }

    internal void CheckNumbers(TypeDefinition type, int schemaVersion)
    {
        CheckNumbers(type.Label, schemaVersion);
        IEnumerable<Label> values = type switch
        {
            EnumDefinition enumeration => enumeration.Values.Select(static value => value.Label),
            SetDefinition set => set.Choices.Select(static choice => choice.Label),
            _ => [],
        };
        foreach (Label label in values)
        {
            CheckNumbers(label, schemaVersion);
        }

        if (type is CompositeDefinition composite)
        {
            foreach (TypeDefinition member in composite.Members)
            {
                CheckNumbers(member, schemaVersion);
            }
        }
    }

    internal void Check(CompositeLayout composite) =>
        CheckAscending(PlacesOf(composite.Members), composite.Label.SinceVersion, $"composite {composite.Label.Name}");

    internal void Check(BlockLayout block, string path)
    {
        CheckAscending(PlacesOf(block.Fields), block.BaseVersion, path);
        CheckAscending(
            block.Groups.Select(static item => new Place(item.Label, item.SinceVersion, item.SinceVersion))
                .Concat(block.Data.Select(static item => new Place(item.Label, item.SinceVersion, item.SinceVersion))),
            block.BaseVersion, path);
        foreach (GroupLayout group in block.Groups)
        {
            CheckEntryParts(group, path);
        }
    }

    /// <summary>By the values inside, because a composite may have grown after the fields behind it were there.</summary>
    private static IEnumerable<Place> PlacesOf(IReadOnlyList<MemberLayout> members)
    {
        foreach (MemberLayout member in members)
        {
            int oldest = int.MaxValue;
            int newest = 0;
            foreach (Leaf leaf in Leaves.Of([member]))
            {
                oldest = Math.Min(oldest, leaf.SinceVersion);
                newest = Math.Max(newest, leaf.SinceVersion);
            }

            if (oldest <= newest)
            {
                yield return new Place(member.Label, oldest, newest);
            }
        }
    }

    private void CheckEntryParts(GroupLayout group, string path)
    {
        IEnumerable<(Label Label, int SinceVersion)> late =
            group.Block.Groups.Select(static item => (item.Label, item.SinceVersion))
                .Concat(group.Block.Data.Select(static item => (item.Label, item.SinceVersion)))
                .Where(part => part.SinceVersion > group.SinceVersion);
        foreach ((Label label, int since) in late)
        {
            diagnostics.Report(
                Rules.VersionOrder, label.Position,
                $"{path}, group {group.Label.Name}: {label.Name} (version {since}) is added inside the entries; older readers cannot skip it");
        }
    }

    private void CheckAscending(IEnumerable<Place> places, int baseVersion, string path)
    {
        int newest = baseVersion;
        foreach (Place place in places)
        {
            if (Math.Max(place.Oldest, baseVersion) < newest)
            {
                diagnostics.Report(
                    Rules.VersionOrder, place.Label.Position,
                    $"{path}: {place.Label.Name} (version {place.Oldest}) stands after an addition of version {newest}; additions belong at the end");
            }

            newest = Math.Max(newest, place.Newest);
        }
    }
}

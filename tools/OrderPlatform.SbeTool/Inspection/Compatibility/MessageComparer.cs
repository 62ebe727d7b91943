using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Pairs messages by template id, which is what the wire has, and by name where the id is gone.</summary>
internal sealed class MessageComparer(FindingList findings, BlockComparer blocks)
{
    internal void Compare(IReadOnlyList<MessageLayout> old, IReadOnlyList<MessageLayout> changed)
    {
        foreach (MessageLayout after in changed)
        {
            string subject = $"message {after.Label.Name}";
            MessageLayout? before = old.FirstOrDefault(candidate => candidate.Id == after.Id);
            MessageLayout? namesake = old.FirstOrDefault(candidate => candidate.Label.Name == after.Label.Name);
            if (namesake is not null && namesake.Id != after.Id)
            {
                findings.InNew(
                    ChangeKind.IdChanged, Impact.BothReaders, after.Label, subject,
                    $"the template id changes from {namesake.Id} to {after.Id}, so each side does not know the other's message");
            }

            if (before is null)
            {
                if (namesake is null)
                {
                    Added(after, subject);
                }

                continue;
            }

            if (IsOther(before, after, changed))
            {
                findings.InNew(
                    ChangeKind.TemplateIdReused, Impact.BothReaders, after.Label, subject,
                    $"template id {after.Id} belonged to {before.Label.Name}, so old bytes and old readers take one message for the other");
                continue;
            }

            ComparePair(before, after, subject);
        }

        foreach (MessageLayout gone in old.Where(before => changed.All(after => after.Id != before.Id && after.Label.Name != before.Label.Name)))
        {
            findings.InOld(ChangeKind.Removed, Impact.NewReaders, gone.Label, $"message {gone.Label.Name}",
                "it is removed, so new readers do not know the template id of old bytes");
        }
    }

    private void Added(MessageLayout after, string subject)
    {
        bool isMarked = after.Label.SinceVersion > findings.OldVersion;
        findings.InNew(
            ChangeKind.Added, isMarked ? Impact.Harmless : Impact.Source, after.Label, subject,
            isMarked ? "it is new, and old readers do not know its template id"
                : $"it is new, but its sinceVersion {after.Label.SinceVersion} says that version {findings.OldVersion} had it");
    }

    private void ComparePair(MessageLayout before, MessageLayout after, string subject)
    {
        if (before.Label.Name != after.Label.Name)
        {
            findings.InNew(ChangeKind.Renamed, Impact.Source, after.Label, subject, $"it was called {before.Label.Name}; the wire has only its id");
        }

        if (after.Label.SinceVersion > before.Label.SinceVersion)
        {
            findings.InNew(
                ChangeKind.SinceVersionChanged, Impact.NewReaders, after.Label, subject,
                $"sinceVersion rises from {before.Label.SinceVersion} to {after.Label.SinceVersion}, so new readers refuse bytes of the versions between");
        }

        findings.Deprecation(before.Label, after.Label, subject);
        blocks.Compare(before.Block, after.Block, after.Label, subject, isEntry: false);
    }

    /// <summary>Another name and nothing in common is another message; another name alone is a rename.</summary>
    private static bool IsOther(MessageLayout before, MessageLayout after, IReadOnlyList<MessageLayout> changed)
    {
        if (before.Label.Name == after.Label.Name)
        {
            return false;
        }

        HashSet<string> names = [.. Names(after.Block)];
        return changed.Any(candidate => candidate.Label.Name == before.Label.Name) || (Names(before.Block).Any() && !Names(before.Block).Any(names.Contains));
    }

    private static IEnumerable<string> Names(BlockLayout block) =>
        block.Fields.Select(static item => $"{item.Id} {item.Label.Name}")
            .Concat(block.Groups.Select(static item => $"{item.Id} {item.Label.Name}"))
            .Concat(block.Data.Select(static item => $"{item.Id} {item.Label.Name}"));
}

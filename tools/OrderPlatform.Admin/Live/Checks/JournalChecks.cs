using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Admin.Live.Checks;

/// <summary>A journal: whether it is whole, by which rules it was written, which snapshots can be used, and whether its time is past.</summary>
internal static class JournalChecks
{
    private static readonly TimeSpan AheadMax = TimeSpan.FromSeconds(2);

    public static IEnumerable<Finding> Run(string journal, TimeProvider time)
    {
        JournalReport report = JournalInspection.Inspect(journal);
        string size = $"{report.Inputs} inputs to {report.LastSequence} in {report.Segments} segments{(report.IsBeingWritten ? ", being written" : "")}";
        yield return report.Verdict switch
        {
            JournalVerdict.Damaged => Finding.Error("journal", $"damaged: {report.Damage!.Message}", $"see op-admin journal verify {journal}; restore it from a copy, or cut it before the damage"),
            JournalVerdict.TornTail => Finding.Warning(
                "journal", $"{size}; {report.Torn!.TornBytes} bytes of an unfinished record behind it", "none needed: the next start cuts them and keeps them beside it"),
            _ => Finding.Ok("journal", $"whole: {size}"),
        };
        if (report.Verdict != JournalVerdict.Damaged)
        {
            foreach (Finding finding in Versions(journal, report.IsBeingWritten, time))
            {
                yield return finding;
            }
        }

        foreach (Finding finding in Snapshots(journal))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Versions(string journal, bool isBeingWritten, TimeProvider time)
    {
        uint rules = 0;
        string build = "";
        ushort newest = 0;
        long last = 0;
        using (JournalReader reader = JournalReader.Open(journal, new JournalReaderOptions { IsFollowing = isBeingWritten }))
        {
            while (reader.TryRead(out JournalRecord record))
            {
                last = record.TimestampNanos;
                newest = MessageHeader.TryRead(record.Payload, out MessageHeader header) ? Math.Max(newest, header.Version) : newest;
                if (record.IsControl && RuleSetDecoder.TryWrap(record.Payload, out RuleSetDecoder decoder))
                {
                    (rules, build) = (decoder.Version, System.Text.Encoding.UTF8.GetString(decoder.GetBuild()));
                }
            }
        }

        yield return newest <= MessagesSchema.Version
            ? Finding.Ok("versions", $"schema {MessagesSchema.SchemaId}, version {newest}; this build has {MessagesSchema.Version}")
            : Finding.Error("versions", $"schema version {newest}, this build knows {MessagesSchema.Version}", "use the build that wrote it, or a newer one");
        yield return rules == EngineRules.Version ? Finding.Ok("versions", $"rules {rules}, as this build ({build})")
            : rules == 0 ? Finding.Warning("versions", "the journal does not say by which rules it was written", "replay it before it is continued")
            : Finding.Warning("versions", $"written by rules {rules} ({build}), this build has {EngineRules.Version}", "replay it before it is continued: a replay may differ");
        TimeSpan ahead = DateTimeOffset.UnixEpoch.AddTicks(last / 100) - time.GetUtcNow();
        yield return ahead <= AheadMax
            ? Finding.Ok("clock", $"the journal's last input is of {TimeText.Iso(last)}")
            : Finding.Warning("clock", $"the journal's last input is of {TimeText.Iso(last)}, {ahead.TotalSeconds:F0} s ahead of this clock", "data of the future, or a clock that was wrong: a live run would wait");
    }

    private static IEnumerable<Finding> Snapshots(string journal)
    {
        var skipped = new List<SkippedSnapshot>();
        StoredSnapshot? newest = null;
        string? unusable = null;
        foreach (StoredSnapshot snapshot in SnapshotSearch.NewestFirst(EngineStart.FolderOf(journal), SnapshotReplay.Options, skipped.Add))
        {
            newest = snapshot;
            break;
        }

        if (newest is not null)
        {
            try
            {
                BusinessLogicProcessor.Restore(newest.Content.Span);
            }
            catch (Engine.Snapshots.SnapshotException failure)
            {
                unusable = failure.Message;
            }
        }

        foreach (SkippedSnapshot snapshot in skipped)
        {
            yield return Finding.Warning("snapshots", $"{Path.GetFileName(snapshot.File)} cannot be used: it {snapshot.Reason}", "none needed: an older one, or the journal, recovers all; remove it");
        }

        yield return newest is null ? Finding.Ok("snapshots", "none: a start replays the whole journal")
            : unusable is null ? Finding.Ok("snapshots", $"the newest that can be used is after input {newest.Sequence}")
            : Finding.Warning("snapshots", $"{Path.GetFileName(newest.File)} is not one of this build: {unusable}", "none needed: an older one, or the journal, recovers all");
    }
}

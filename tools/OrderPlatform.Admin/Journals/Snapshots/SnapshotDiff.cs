using System.CommandLine;
using System.Globalization;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Admin.TimeTravel;
using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Past;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary><c>snapshot diff</c>: the fields of which two states have other values.</summary>
internal static class SnapshotDiff
{
    private const string Absent = "absent";

    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var left = new Argument<string>("first") { Description = "A sequence, a time, end, or a snapshot's file." };
        var right = new Argument<string>("second") { Description = "Likewise." };
        var command = new Command(
            "diff", "The fields that differ between two states: exit code 0 none, 4 some. Example: op-admin snapshot diff journal/btc_ma_cross_v1 57999 58000") { journal, left, right };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            using OpenPast past = OpenPast.Open(parsed.GetRequiredValue(journal));
            SeenState first = SeenState.Read(past, parsed.GetRequiredValue(left));
            SeenState second = SeenState.Read(past, parsed.GetRequiredValue(right));
            List<FieldDifference> differences = SnapshotComparison.Of(first.Content, second.Content);
            Answer answer = new Answer("snapshot diff", past.Journal)
                .Fact("first", "first", Value.Text(first.What))
                .Fact("second", "second", Value.Text(second.What))
                .Fact("differences", "fields that differ", Value.Number(differences.Count));
            AnswerTable table = answer.Table("fields", "", "table", "row", "key", "field", "first", "second");
            foreach (FieldDifference one in differences)
            {
                Value key = Value.Text(KeyOf(first, past.Names, one) ?? KeyOf(second, past.Names, one));
                foreach ((string field, string here, string there) in Parts(one))
                {
                    table.Row(Value.Text(one.Table), Value.Number(one.Row), key, Value.Text(field), Value.Text(here), Value.Text(there));
                }
            }

            if (differences.Count == SnapshotComparison.FieldsMax)
            {
                answer.Note($"only the first {SnapshotComparison.FieldsMax} fields are named");
            }

            return answer.Write(parsed, differences.Count == 0 ? ExitCodes.Done : ExitCodes.No);
        }));
        return command;
    }

    private static string? KeyOf(SeenState state, JournalNames names, FieldDifference difference) =>
        state.Engine is null ? null : new RowKeys(state.Engine.State, names).Of(difference.Table, difference.Row);

    // A row that only one has is told as that, and of a list the entries that differ.
    private static IEnumerable<(string Field, string First, string Second)> Parts(FieldDifference difference)
    {
        if (difference.Field == "row")
        {
            return [("row", difference.Live == Absent ? Absent : "there", difference.Follower == Absent ? Absent : "there")];
        }

        MemberLayout? field = PlatformSchema.Layout.Messages.FirstOrDefault(message =>
            message.Label.Name == "Snapshot" + difference.Table)?.Block.Fields.FirstOrDefault(one => one.Label.Name == difference.Field);
        string type = field?.Type.Label.Name ?? "";
        if (!difference.Live.StartsWith('[') || !difference.Follower.StartsWith('['))
        {
            return [(difference.Field, Read(type, difference.Live), Read(type, difference.Follower))];
        }

        return difference.Live.Trim('[', ']').Split(',').Zip(difference.Follower.Trim('[', ']').Split(','))
            .Select((pair, place) => (Field: $"{difference.Field}[{place.ToString(CultureInfo.InvariantCulture)}]", First: Read(type, pair.First),
                Second: Read(type, pair.Second)))
            .Where(static one => one.First != one.Second);
    }

    // The comparison has raw numbers.
    private static string Read(string type, string value) =>
        !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long raw) ? value
        : FieldSink.IsDecimal(type) ? FixedPointText.Format(raw)
        : type == "Nanos" ? TimeText.Iso(raw)
        : value;
}

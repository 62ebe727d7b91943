using System.Text.Json;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Auditing;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests.Audits;

/// <summary>An export has all of its client and nothing of the others: three who trade one between the other (N12).</summary>
internal sealed class IsolationTests
{
    private static readonly string[] Ids = ["clientId", "strategyId", "accountId", "clientOrderId", "parentId", "requestId", "signalId", "subjectId", "movementId", "venueTradeId", "venueOrderId"];

    private readonly AuditFile _files = new(4_000);

    [OneTimeTearDown]
    public void Remove() => _files.Dispose();

    [Test]
    public void Nothing_of_another_client_stands_in_an_export([Values(1u, 2u, 3u)] uint client)
    {
        (string file, _) = _files.Export(client);
        Dictionary<string, HashSet<string>> foreign = Named(owner => owner != client);
        foreach ((string field, HashSet<string> own) in Named(owner => owner == client))
        {
            // Requests for another's order are its own, and name no order: what both have is no secret.
            foreign[field].ExceptWith(own);
        }

        foreach (JsonElement entry in Entries(file).Where(static one => one.GetProperty("n").GetInt64() > 0))
        {
            foreach ((string name, string value) in Values(entry).Where(static one => Ids.Contains(one.Name)))
            {
                Assert.That(foreign[name], Does.Not.Contain(value), $"{name} in {entry}");
            }
        }

        string text = File.ReadAllText(file);
        for (uint other = 1; other <= 3; other++)
        {
            Assert.That(text.Contains($"client {other}", StringComparison.Ordinal), Is.EqualTo(other == client), $"the name of client {other}");
            if (other != client)
            {
                Assert.That(text, Does.Not.Contain($"\"clientId\":\"{other}\"").And.Not.Contain($"\"strategyId\":\"{other}\"").And.Not.Contain($"\"accountId\":\"{other}\""));
            }
        }

        Assert.That(foreign["clientOrderId"].Where(id => text.Contains(id, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_event_of_the_client_stands_in_its_export([Values(1u, 2u, 3u)] uint client)
    {
        (string file, _) = _files.Export(client);
        long expected = 0;
        Replay((engine, _) =>
        {
            for (int i = 0; i < engine.Outputs.Count; i++)
            {
                expected += OwnerOf(engine.Outputs[i]) == client ? 1 : 0;
            }
        });
        long there = Entries(file).Count(one => one.TryGetProperty("fields", out JsonElement fields) && one.GetProperty("source").GetString() == "output"
            && fields.TryGetProperty("clientId", out JsonElement owner) && owner.GetString() == client.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(there, Is.EqualTo(expected).And.GreaterThan(100));
    }

    [Test]
    public void A_command_for_the_whole_shard_is_marked_as_shared_and_its_reason_is_withheld()
    {
        (string file, _) = _files.Export(1);
        JsonElement[] commands = [.. Entries(file).Where(static one => one.GetProperty("kind").GetString() == "OperatorCommand")];
        Assert.That(commands.Where(static one => one.GetProperty("shared").GetBoolean()).Select(static one => one.GetProperty("fields").GetProperty("reason").GetString()),
            Is.Not.Empty.And.All.EqualTo("withheld"));
        Assert.That(commands.Where(static one => !one.GetProperty("shared").GetBoolean()).Select(static one => one.GetProperty("fields").GetProperty("reason").GetString()),
            Is.SupersetOf(new[] { "a test", "enough" }));
    }

    [Test]
    public void A_range_has_the_entries_of_the_whole_that_lie_in_it()
    {
        (string file, _) = _files.Export(2);
        string[] whole = [.. Entries(file).Where(static one => Sequence(one) is >= 500 and <= 900).Select(Content)];
        (file, AuditSummary summary) = _files.Export(2, new AuditRange(2, ReplayPlace.AtSequence(500), ReplayPlace.AtSequence(900)));
        Assert.That((summary.First, summary.Last), Is.EqualTo((500L, 900L)));
        Assert.That(Entries(file).Where(static one => one.TryGetProperty("fields", out _)).Select(Content), Is.EqualTo(whole).And.Not.Empty);
        Assert.That(AuditVerification.WithJournal(file, AuditVerification.Chain(file, summary.Head), _files.Journal, new JournalReaderOptions(), CancellationToken.None).Finding, Is.Null);
    }

    [Test]
    public void A_client_that_the_journal_does_not_have_is_refused() =>
        Assert.That(() => _files.Export(9), Throws.TypeOf<AuditException>().With.Message.Contains("no client 9"));

    private static string Content(JsonElement entry) => $"{Sequence(entry)} {entry.GetProperty("kind")} {entry.GetProperty("fields")}";

    private static long Sequence(JsonElement entry) =>
        entry.TryGetProperty("sequence", out JsonElement sequence) ? long.Parse(sequence.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static IEnumerable<JsonElement> Entries(string file) => File.ReadLines(file).Select(static line => JsonDocument.Parse(line).RootElement);

    private static IEnumerable<(string Name, string Value)> Values(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.EnumerateObject().SelectMany(static one => one.Value.ValueKind == JsonValueKind.String ? [(one.Name, one.Value.GetString()!)] : Values(one.Value));
        }

        return element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Values) : [];
    }

    // The values of fields with ids in the events, and in the inputs that name their client.
    private Dictionary<string, HashSet<string>> Named(Func<uint, bool> isWanted)
    {
        Dictionary<string, HashSet<string>> named = Ids.ToDictionary(static one => one, static _ => new HashSet<string>());
        Replay((engine, message) =>
        {
            Note(named, message, isWanted);
            for (int i = 0; i < engine.Outputs.Count; i++)
            {
                Note(named, engine.Outputs[i].ToArray(), isWanted);
            }
        });
        return named;
    }

    private static void Note(Dictionary<string, HashSet<string>> named, byte[] message, Func<uint, bool> isWanted)
    {
        if (OwnerOf(message) is { } owner && isWanted(owner))
        {
            foreach (Explaining.MessageField field in Explaining.MessageFields.Of(message).Where(static one => Ids.Contains(one.Name) && one.Text != "0"))
            {
                named[field.Name].Add(field.Text);
            }
        }
    }

    private static uint? OwnerOf(ReadOnlySpan<byte> message)
    {
        string? owner = Explaining.MessageFields.Of(message).FirstOrDefault(static one => one.Name == "clientId").Text;
        return owner is null ? null : uint.Parse(owner, System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Replay(Action<BusinessLogicProcessor, byte[]> after)
    {
        var engine = new BusinessLogicProcessor();
        using JournalReader reader = JournalReader.Open(_files.Journal);
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                byte[] message = JournaledInput.MessageOf(record).ToArray();
                engine.Process(record.Sequence, record.TimestampNanos, message);
                after(engine, message);
            }
        }
    }
}

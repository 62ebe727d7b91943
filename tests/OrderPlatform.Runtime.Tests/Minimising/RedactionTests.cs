using System.Text;
using System.Xml.Linq;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Minimising;
using OrderPlatform.Runtime.Minimising.Redaction;

namespace OrderPlatform.Runtime.Tests.Minimising;

/// <summary>A redacted journal does not say whose it was, and shows the same state.</summary>
[TestFixture]
internal sealed class RedactionTests
{
    private const int Seed = 20_261_128;
    private const long DayNanos = 86_400_000_000_000;

    private static readonly JournalReaderOptions Reading = new() { SchemaId = MessagesSchema.SchemaId };
    private static readonly XNamespace Sbe = "http://fixprotocol.io/2016/sbe";

    // What a field of a type becomes: numbers and times of these types must change, and nothing else may.
    private static readonly HashSet<string> Numbers = ["ClientId", "AccountId", "StrategyId", "InstrumentId", "VenueId"];
    private static readonly HashSet<string> Named = ["signalId", "modelId", "requestId", "linkId", "movementId", "venueOrderId", "venueTradeId", "tradeId",
        "budgetId", "productId", "scopeId"];

    private static IEnumerable<ushort> Inputs => MessagesSchema.TemplateIds.ToArray().Where(static template => template < 100);

    [TestCaseSource(nameof(Inputs))]
    public void Each_field_that_says_whose_it_is_changes_and_no_other_does(ushort template)
    {
        string name = MessagesSchema.TemplateName(template);
        byte[] message = Message(template, new Random(Seed));
        var map = new RedactionMap();
        byte[] redacted = new MessageRedaction(map, renumbersIds: true, shiftNanos: -DayNanos).Redact(message);
        Dictionary<string, string> before = Fields(message);
        Dictionary<string, string> after = Fields(redacted);
        Assert.That(after.Keys, Is.EqualTo(before.Keys));
        foreach (XElement field in Schema(template).Elements())
        {
            string type = (string)field.Attribute("type")!;
            string fieldName = (string)field.Attribute("name")!;
            bool isPerson = type == "Name" && template != VenueConfigurationDecoder.TemplateId;
            bool mustChange = Numbers.Contains(type) || Named.Contains(fieldName) || type == "Nanos" || isPerson || type == "varText";
            Assert.That(after[fieldName] != before[fieldName], Is.EqualTo(mustChange),
                $"{name}.{fieldName}: {before[fieldName]} became {after[fieldName]} (seed {Seed})");
        }

        byte[] onlyNames = new MessageRedaction(new RedactionMap(), renumbersIds: false, shiftNanos: 0).Redact(message);
        Dictionary<string, string> names = Fields(onlyNames);
        Assert.That(names.Where(field => field.Value != before[field.Key]).Select(static field => field.Key), Is.SubsetOf(new[] { "name", "operatorName",
            "reason" }));
    }

    [Test]
    public void Nulls_and_zeros_stay_and_equal_numbers_stay_equal()
    {
        byte[] message = new byte[VenueStatusEncoder.EncodedLength];
        var status = VenueStatusEncoder.WrapForEncodeAndApplyHeader(message);
        status.VenueId = 700;
        var map = new RedactionMap();
        var redaction = new MessageRedaction(map, renumbersIds: true, shiftNanos: 5);
        Assert.That(VenueStatusDecoder.TryWrap(redaction.Redact(message), out VenueStatusDecoder first), Is.True);
        Assert.That((first.VenueId, first.TryGetAccountId(out _), first.TryGetBudgetId(out _)), Is.EqualTo(((ushort)1, false, false)));
        status.AccountId = 0;
        status.VenueId = 701;
        Assert.That(VenueStatusDecoder.TryWrap(redaction.Redact(message), out VenueStatusDecoder second), Is.True);
        Assert.That((second.VenueId, second.AccountId), Is.EqualTo(((ushort)2, 0u)));
        Assert.That(map.Values, Is.EqualTo(new[] { new RedactedValue(RedactedKind.Venue, "700", "1"), new RedactedValue(RedactedKind.Venue, "701", "2") }));
    }

    [Test]
    public void Of_what_is_malformed_only_the_header_stays()
    {
        byte[] secret = Encoding.ASCII.GetBytes("a secret of a client");
        byte[] message = new byte[64];
        MessageHeader.Write(message, 9, SignalDecoder.TemplateId, MessagesSchema.SchemaId, 0);
        secret.CopyTo(message, MessageHeader.EncodedLength);
        var redaction = new MessageRedaction(new RedactionMap(), renumbersIds: true, shiftNanos: 0);
        Assert.That(redaction.Redact(message), Is.EqualTo(message[..MessageHeader.EncodedLength]));

        byte[] longer = new byte[CancelOrderEncoder.EncodedLength + secret.Length];
        CancelOrderEncoder.WrapForEncodeAndApplyHeader(longer);
        secret.CopyTo(longer, CancelOrderEncoder.EncodedLength);
        Assert.That(redaction.Redact(longer), Has.Length.EqualTo(CancelOrderEncoder.EncodedLength));
    }

    [Test]
    public void A_redacted_journal_has_none_of_the_names_and_shows_the_state_on_a_neutral_day()
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            Runs.Backtest(new Scenario { Minutes = 3_000 }, journal);
            byte[] command = new byte[256];
            var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(command);
            e.Action = OperatorAction.Halt;
            e.Scope = Scope.Client;
            e.ScopeId = 1;
            e.SetOperatorName("mira");
            e.SetReason("call with the desk of Example Capital");
            journal.Append(journal.AppendedSequence + 1, long.MaxValue / 2, OperatorCommandEncoder.TemplateId, JournalFlags.None, command.AsSpan(0,
                e.EncodedLengthSoFar));
        }

        Func<BusinessLogicProcessor, bool> isHaltedWhileShort = static engine => engine.State.Clients.Count > 0
            && engine.State.Clients[0].State == TradingState.Halted
            && engine.State.Positions.Count > 0 && engine.State.Positions[0].Quantity.Raw != 0;
        MinimiserResult result = new JournalMinimiser(Path.Combine(folder.Path, "journal"), Reading, isHaltedWhileShort).Run(CancellationToken.None);
        Assert.That(result.Outcome, Is.EqualTo(MinimiserOutcome.Minimal));
        RedactedInputs redacted = JournalRedaction.Redact(result.Inputs, new RedactionOptions(RenumbersIds: true, ShiftsTime: true));
        string to = Path.Combine(folder.Path, "redacted");
        MinimisedJournal.Write(to, redacted.Inputs, isHaltedWhileShort);

        byte[] bytes = [.. Directory.GetFiles(to).SelectMany(File.ReadAllBytes)];
        foreach (string secret in new[] { "ikenna", "cross", "mira", "Example Capital", "desk" })
        {
            Assert.That(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)), Is.Negative, secret);
        }

        Assert.That(bytes.AsSpan().IndexOf("client-1"u8), Is.Positive);
        Assert.That(bytes.AsSpan().IndexOf("operator-1"u8), Is.Positive);
        Assert.That(redacted.Inputs[0].TimestampNanos, Is.InRange(JournalRedaction.NeutralDayNanos, JournalRedaction.NeutralDayNanos + DayNanos - 1));
        Assert.That(redacted.ShiftNanos % DayNanos, Is.Zero);
        Assert.That(redacted.Map.NameOf(RedactedKind.Client, "ikenna"), Is.EqualTo("client-1"));
        Assert.That(redacted.Map.Values, Does.Contain(new RedactedValue(RedactedKind.Operator, "mira", "operator-1")));
    }

    // A message with letters in every byte: no field is null, zero or a number that a redaction gives.
    private static byte[] Message(ushort template, Random random)
    {
        byte[] message = new byte[512];
        for (int i = 0; i < message.Length; i++)
        {
            message[i] = (byte)random.Next('A', 'Z' + 1);
        }

        int block = BlockLength(template);
        MessageHeader.Write(message, (ushort)block, template, MessagesSchema.SchemaId, 0);
        foreach (XElement field in Schema(template).Elements().Where(static field => (string)field.Attribute("type")! == "Scope"))
        {
            message[MessageHeader.EncodedLength + (template is RateBudgetConfigurationDecoder.TemplateId ? 4 : template is OperatorCommandDecoder.TemplateId
                ? 1 : 0)] = (byte)Scope.Client;
        }

        int data = MessageHeader.EncodedLength + block;
        if (Schema(template).Elements("data").Any())
        {
            message[data] = 11;
            Encoding.ASCII.GetBytes("a_long_word").CopyTo(message, data + 1);
            data += 12;
        }

        return message[..data];
    }

    private static int BlockLength(ushort template)
    {
        // The smallest block that the schema's own check accepts.
        byte[] message = new byte[512];
        int length = 0;
        do
        {
            MessageHeader.Write(message, (ushort)length, template, MessagesSchema.SchemaId, 0);
            length++;
        }
        while (MessageValidator.Validate(message) == OrderPlatform.Sbe.MessageProblem.BlockTooShort);
        return length - 1;
    }

    private static Dictionary<string, string> Fields(byte[] message)
    {
        string text = MessagesSchema.Describe(message);
        return text.Split(' ').Where(static part => part.Contains('=', StringComparison.Ordinal)).GroupBy(static part => part[..part.IndexOf('=',
            StringComparison.Ordinal)])
            .ToDictionary(static group => group.Key, static group => group.First()[(group.Key.Length + 1)..]);
    }

    private static XElement Schema(ushort template) =>
        XDocument.Load(Path.Combine(ReferenceData.Root, "schemas", "order-platform.xml")).Root!.Elements(Sbe + "message").Single(message =>
            (int)message.Attribute("id")! == template);
}

using System.Text.Json.Nodes;
using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>The platform's own schema in the next version: a signal gets a field and a group, and both versions go on reading each other.</summary>
[TestFixture("littleEndian")]
[TestFixture("bigEndian")]
public sealed class SignalEvolutionTests(string byteOrder)
{
    private const int Seed = 30;
    private const int Signals = 200;
    private const string NewField = "horizon";
    private const string NewGroup = "targets";
    private const string LastField =
        "<field name=\"executeAtNanos\" id=\"15\" type=\"Nanos\" presence=\"optional\" description=\"With EntryTiming AtTime\"/>";

    private const string Additions = LastField + """

            <field name="horizon" id="16" type="Duration" presence="optional" sinceVersion="1"/>
            <group name="targets" id="17" dimensionType="groupSize" sinceVersion="1">
              <field name="price" id="1" type="Price"/>
              <field name="weight" id="2" type="Ratio" presence="optional"/>
            </group>
        """;

    private readonly byte[] _buffer = new byte[1024];

    private string OldText =>
        Edit(Repository.Read("schemas/order-platform.xml"), "byteOrder=\"littleEndian\"", $"byteOrder=\"{byteOrder}\"");

    private string NextVersionText => Edit(OldText, "version=\"0\" semantic", "version=\"1\" semantic");

    private string NewText => Edit(NextVersionText, LastField, Additions);

    [Test]
    public void A_reader_of_the_old_version_reads_all_it_knows_and_stops_before_the_new_group()
    {
        (CompiledSchema old, CompiledSchema next) = (CompiledSchema.Of(OldText), CompiledSchema.Of(NewText));
        var values = new RandomValues(new Random(Seed));
        for (int signal = 0; signal < Signals; signal++)
        {
            JsonObject written = values.Of(Message(next));
            byte[] bytes = _buffer[..next.Encode("Signal", written, _buffer)];
            JsonObject known = written.DeepClone().AsObject();
            Assert.That(known.Remove(NewField) && known.Remove(NewGroup), Is.True);

            Assert.That(old.Validate(bytes), Is.EqualTo(MessageProblem.None), $"seed {Seed}, signal {signal}");
            string? difference = JsonDifference.Of(known, old.Decode(bytes, out int consumed));
            Assert.That(difference, Is.Null, $"seed {Seed}, signal {signal}");
            Assert.That(consumed, Is.EqualTo(next.Layout.Header.Composite.LengthBytes + Message(next).Block.BlockLength));
        }
    }

    [Test]
    public void A_reader_of_the_new_version_reads_old_signals_with_the_new_field_null_and_the_new_group_empty()
    {
        (CompiledSchema old, CompiledSchema next) = (CompiledSchema.Of(OldText), CompiledSchema.Of(NewText));
        var values = new RandomValues(new Random(Seed));
        for (int signal = 0; signal < Signals; signal++)
        {
            JsonObject written = values.Of(Message(old));
            byte[] bytes = _buffer[..old.Encode("Signal", written, _buffer)];
            JsonObject completed = written.DeepClone().AsObject();
            completed[NewField] = long.MinValue;
            completed[NewGroup] = new JsonArray();

            Assert.That(next.Validate(bytes), Is.EqualTo(MessageProblem.None), $"seed {Seed}, signal {signal}");
            string? difference = JsonDifference.Of(completed, next.Decode(bytes, out int consumed));
            Assert.That(difference, Is.Null, $"seed {Seed}, signal {signal}");
            Assert.That(consumed, Is.EqualTo(bytes.Length));
        }
    }

    [Test]
    public void A_group_cannot_be_added_to_a_message_that_has_data_since_it_would_stand_before_them()
    {
        const string Data = "<data name=\"reason\"";
        const string Group = "<group name=\"targets\" id=\"99\" dimensionType=\"groupSize\" sinceVersion=\"1\">"
            + "<field name=\"price\" id=\"1\" type=\"Price\"/></group>";
        string text = NextVersionText;
        Assert.That(text, Does.Contain(Data), "a message of the schema has data");
        int place = text.IndexOf(Data, StringComparison.Ordinal);
        text = text.Insert(place, Group);
        Assert.That(SchemaCompiler.Compile(text).Diagnostics.Select(static finding => finding.Rule.Id), Does.Contain("SBE0061"));
    }

    private static MessageLayout Message(CompiledSchema schema) => schema.Layout.Messages.Single(static message => message.Label.Name == "Signal");

    /// <summary>An edit that finds nothing would make the test say nothing.</summary>
    private static string Edit(string text, string old, string replacement)
    {
        Assert.That(text, Does.Contain(old));
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }
}

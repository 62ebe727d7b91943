using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Snapshots;

/// <summary>The rows of the engine and their records in the schema agree: a field that changes changes the field of its name, and no other.</summary>
public class RowSchemaTests
{
    [TestCaseSource(typeof(RowFields), nameof(RowFields.Cases))]
    public void A_field_that_changes_changes_the_field_of_its_name_in_the_record(Type type, FieldInfo[] path)
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        List<string[]> before = Described(engine);
        RowFields.Change(engine.State, type, path);
        List<string[]> after = Described(engine);
        Assume.That(after, Has.Count.EqualTo(before.Count), "a row that is another kind of record");
        string[] changed = [.. before.Zip(after).SelectMany(pair => pair.First.Zip(pair.Second)).Where(pair => pair.First != pair.Second)
            .Select(pair => pair.First[..pair.First.IndexOf('=', StringComparison.Ordinal)])];
        Assert.That(changed, Has.Length.EqualTo(1), string.Join(", ", changed));
        string field = path.Select(part => part.Name).Last(name => !name.StartsWith('<') && name is not ("Raw" or "_first"));
        Assert.That(changed[0], Does.Contain(Spelled(type, field)).IgnoreCase);
    }

    [Test]
    public void Every_record_is_as_long_as_the_schema_says()
    {
        XNamespace sbe = "http://fixprotocol.io/2016/sbe";
        XElement schema = XElement.Load(Path.Combine(TestContext.CurrentContext.TestDirectory, "order-platform.xml"));
        Dictionary<int, int> lengths = schema.Elements(sbe + "message").ToDictionary(
            message => int.Parse(message.Attribute("id")!.Value, CultureInfo.InvariantCulture),
            message => message.Elements("field").Sum(field => SizeOf(schema, field.Attribute("type")!.Value)));
        foreach (byte[] record in Captured.Records(Captured.Of(RowFields.EngineWithOneRowOfEach().Engine)))
        {
            MessageHeader.TryRead(record, out MessageHeader header);
            Assert.That((int)header.BlockLength, Is.EqualTo(lengths[header.TemplateId]), MessagesSchema.TemplateName(header.TemplateId));
        }
    }

    private static int SizeOf(XElement schema, string type)
    {
        XElement? defined = schema.Element("types")!.Elements().FirstOrDefault(element => element.Attribute("name")!.Value == type);
        string primitive = defined?.Attribute("primitiveType")?.Value ?? defined?.Attribute("encodingType")?.Value ?? type;
        int length = defined?.Attribute("length") is { } count ? int.Parse(count.Value, CultureInfo.InvariantCulture) : 1;
        return length * primitive switch { "char" or "uint8" or "int8" => 1, "uint16" or "int16" => 2, "uint32" or "int32" => 4, _ => 8 };
    }

    // Where a record needs a longer name than the row.
    private static string Spelled(Type type, string field) => (type.Name, field) switch
    {
        (_, "Id") => "Id",
        ("Position", "Next") => "next",
        ("InstrumentHistory", "Samples") => "minuteSamples",
        ("InstrumentHistory", "Ranges") => "trueRanges",
        ("InstrumentHistory", "Volumes") => "hourVolumes",
        ("Order", "Next") => "nextEnded",
        (_, "TimestampNanos") => "Time",
        _ => field,
    };

    private static List<string[]> Described(EngineHarness engine) =>
        [.. Captured.Records(Captured.Of(engine.Engine))[1..^1].Select(record => MessagesSchema.Describe(record).Split(' '))];
}

using System.Text;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Inspection.Compatibility;
using OrderPlatform.SbeTool.Inspection.Decoding;
using OrderPlatform.SbeTool.Inspection.Documentation;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>A composite that got a member in a later version, at the end of a block.</summary>
public sealed class GrowingCompositeTests
{
    private const string Added = "<type name=\"y\" primitiveType=\"uint16\" sinceVersion=\"1\"/>";

    private const string Schema = $"""
        <messageSchema package="p" id="7" version="1">
          <types>
            <composite name="messageHeader"><type name="blockLength" primitiveType="uint8"/><type name="templateId" primitiveType="uint8"/>
              <type name="schemaId" primitiveType="uint8"/><type name="version" primitiveType="uint8"/></composite>
            <composite name="Point"><type name="x" primitiveType="uint16"/>{Added}</composite>
          </types>
          <message name="M" id="1"><field name="a" id="1" type="uint8"/><field name="at" id="2" type="Point"/></message>
        </messageSchema>
        """;

    private static readonly SchemaLayout New = SchemaPair.Layout(Schema);

    private static readonly SchemaLayout Old = SchemaPair.Layout(
        Schema.Replace(Added, "", StringComparison.Ordinal).Replace("version=\"1\"", "version=\"0\"", StringComparison.Ordinal));

    [TestCase("05010701" + "0902000300", "a = 9 at: x = 2 y = 3")]
    [TestCase("03010700" + "090200", "a = 9 at: x = 2 y = - (since version 1)")]
    [TestCase("05010700" + "0902000300", "a = 9 at: x = 2 y = - (since version 1)")]
    public void A_member_is_there_if_the_writer_knew_it(string hex, string expected)
    {
        var text = new StringBuilder();
        byte[] bytes = Convert.FromHexString(hex);
        Assert.That(new DynamicDecoder(New).Decode(bytes, new TextSink(text)), Is.EqualTo(bytes.Length));
        Assert.That(string.Join(' ', text.ToString().Split('\n')[1..].Select(static line => line.Trim())).Trim(), Is.EqualTo(expected));
    }

    [TestCase("02010700" + "0902")]
    [TestCase("04010701" + "09020003")]
    public void A_block_shorter_than_the_writers_version_is_refused(string hex) => Assert.That(
        () => new DynamicDecoder(New).Decode(Convert.FromHexString(hex), new TextSink(new StringBuilder())), Throws.TypeOf<MessageFormatException>());

    [Test]
    public void The_addition_breaks_nobody()
    {
        IReadOnlyList<Finding> findings = CompatibilityCheck.Compare(Old, New);
        Assert.That(findings.Where(static finding => finding.BreaksWire).Select(static finding => finding.Format("old", "new")), Is.Empty);
        Assert.That(findings.Select(static finding => (finding.Kind, finding.Impact, finding.Subject)), Does.Contain(
            (ChangeKind.Added, Impact.Harmless, "composite Point, member y")));
    }

    [Test]
    public void The_reference_tells_the_members_version() => Assert.That(
        SchemaDocument.Write(New), Does.Contain("| 2 | 2 | y | y (uint16) | required | 1 |  |"));
}

using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Valid constructs that are rare, and what the layout says of them.</summary>
public sealed class AcceptedSchemaTests
{
    private const string Growing = """
        <composite name="Inner"><type name="a" primitiveType="uint16"/><type name="b" primitiveType="uint16" sinceVersion="1"/></composite>
        <composite name="Outer"><type name="x" primitiveType="uint32"/><ref name="inner" type="Inner"/>
          <type name="y" primitiveType="uint8" sinceVersion="2"/><type name="k" primitiveType="uint8" presence="constant">7</type></composite>
        """;

    [Test]
    public void A_composite_that_grows_counts_by_its_members()
    {
        BlockLayout block = Block(Growing, "<field name=\"f\" id=\"1\" type=\"uint8\"/><field name=\"g\" id=\"2\" type=\"Outer\"/>"
            + "<field name=\"h\" id=\"3\" type=\"uint8\" sinceVersion=\"2\"/>");
        Assert.That((block.BlockLength, block.MinBlockLength), Is.EqualTo((11, 7)));
        Assert.That(block.Additions, Is.EqualTo(new[] { (1, 7), (2, 9) }));
        Assert.That(new[] { 0, 1, 2, 3 }.Select(version => block.LengthKnownTo(version)), Is.EqualTo(new[] { 7, 9, 11, 11 }));
        Assert.That(block.Fields.Select(block.IsAddition), Is.EqualTo(new[] { false, false, true }), "the field itself was always there");
        Assert.That(block.Fields.Select(static field => field.SinceVersion), Is.EqualTo(new[] { 0, 0, 2 }), "a field is not as new as its members");
        var outer = (CompositeLayout)block.Fields[1].Type;
        Assert.That(outer.Members.Select(static member => member.SinceVersion), Is.EqualTo(new[] { 0, 0, 2, 0 }));
    }

    [Test]
    public void A_member_is_as_new_as_its_type() =>
        Assert.That(((CompositeLayout)Block(
            "<type name=\"Late\" primitiveType=\"uint8\" sinceVersion=\"3\"/><composite name=\"C\"><type name=\"a\" primitiveType=\"uint8\"/>"
            + "<ref name=\"b\" type=\"Late\"/></composite>",
            "<field name=\"f\" id=\"1\" type=\"C\"/>").Fields[0].Type).Members[1].SinceVersion, Is.EqualTo(3));

    [Test]
    public void A_composite_that_grew_before_its_message_grows_nothing()
    {
        string schema = SmallSchema.Of(Growing, SmallSchema.Message(
            "<field name=\"f\" id=\"1\" type=\"Outer\"/><field name=\"g\" id=\"2\" type=\"uint8\"/>").Replace(
                "id=\"1\">", "id=\"1\" sinceVersion=\"2\">", StringComparison.Ordinal));
        BlockLayout block = SmallSchema.Accepted(schema).Layout!.Messages.Single().Block;
        Assert.That((block.MinBlockLength, block.Additions.Count()), Is.EqualTo((10, 0)));
    }

    [TestCase("", "cafe", "63616665")]
    [TestCase("characterEncoding=\"ISO-8859-1\"", "caf\u00e9", "636166E9")]
    [TestCase("characterEncoding=\"UTF-8\"", "caf\u00e9", "636166C3A9")]
    [TestCase("characterEncoding=\"UTF-8\" length=\"6\"", "\ud83d\ude00", "F09F9880")]
    public void A_constant_text_is_kept_in_its_encoding(string attributes, string text, string bytes)
    {
        MemberLayout field = Block(
            $"<type name=\"T\" primitiveType=\"char\" presence=\"constant\" {attributes}>{text}</type>", "<field name=\"f\" id=\"1\" type=\"T\"/>").Fields[0];
        Assert.That(Convert.ToHexString([.. field.Constant!.Bytes!]), Is.EqualTo(bytes));
        Assert.That(((ScalarLayout)field.Type).Count, Is.EqualTo(attributes.Contains("length", StringComparison.Ordinal) ? 6 : bytes.Length / 2));
    }

    [Test]
    public void A_single_letter_of_one_byte_is_a_number() => Assert.That(
        Block("<type name=\"T\" primitiveType=\"char\" presence=\"constant\" characterEncoding=\"ISO-8859-1\">\u00e9</type>",
            "<field name=\"f\" id=\"1\" type=\"T\"/>").Fields[0].Constant!.Number, Is.EqualTo(WireValue.Of(233m)));

    [Test]
    public void An_enums_presence_is_that_of_fields_and_members_which_do_not_say_otherwise()
    {
        BlockLayout block = Block(
            "<enum name=\"E\" encodingType=\"uint8\" presence=\"optional\" nullValue=\"9\"><validValue name=\"A\">1</validValue></enum>"
            + "<composite name=\"C\"><ref name=\"e\" type=\"E\"/></composite>",
            "<field name=\"f\" id=\"1\" type=\"E\"/><field name=\"g\" id=\"2\" type=\"E\" presence=\"required\"/><field name=\"h\" id=\"3\" type=\"C\"/>");
        Assert.That(block.Fields.Select(static field => field.Null), Is.EqualTo(new WireValue?[] { WireValue.Of(9m), null, null }));
        Assert.That(((CompositeLayout)block.Fields[2].Type).Members[0].Null, Is.EqualTo(WireValue.Of(9m)));
    }

    [Test]
    public void Sixty_four_bits_are_accepted_for_every_number_of_the_wire_with_a_warning()
    {
        const string Number = "primitiveType=\"uint64\"";
        string types = $"""
            <composite name="dim"><type name="blockLength" {Number}/><type name="numInGroup" {Number}/></composite>
            <composite name="vd"><type name="length" {Number}/><type name="varData" primitiveType="uint8" length="0"/></composite>
            """;
        string message = SmallSchema.Message(
            "<group name=\"g\" id=\"1\" dimensionType=\"dim\"><field name=\"f\" id=\"2\" type=\"uint8\"/></group><data name=\"d\" id=\"3\" type=\"vd\"/>");
        string header = string.Concat(new[] { "blockLength", "templateId", "schemaId", "version" }.Select(static name => $"<type name=\"{name}\" {Number}/>"));
        CompilationResult result = SmallSchema.Accepted(SmallSchema.Of(types, message, header), Rules.UnusualWidth);
        BlockLayout block = result.Layout!.Messages[0].Block;
        Assert.That(result.Diagnostics, Has.Count.EqualTo(7));
        Assert.That((block.Groups[0].Dimension.CountMax, block.Data[0].LengthMax), Is.EqualTo(((long)int.MaxValue, (uint)int.MaxValue)));
    }

    [Test]
    public void A_block_may_be_as_long_as_its_header_can_say() => Assert.That(
        SmallSchema.Accepted(
            SmallSchema.Of(
                "<type name=\"Page\" primitiveType=\"uint8\" length=\"100000\"/>",
                SmallSchema.Message("<field name=\"f\" id=\"1\" type=\"Page\"/>"),
                "<type name=\"blockLength\" primitiveType=\"uint32\"/><type name=\"templateId\" primitiveType=\"uint16\"/>"
                + "<type name=\"schemaId\" primitiveType=\"uint16\"/><type name=\"version\" primitiveType=\"uint16\"/>"),
            Rules.UnusualWidth).Layout!.Messages[0].Block.BlockLength, Is.EqualTo(100_000));

    [Test]
    public void Attributes_that_mean_something_to_others_pass_without_a_word()
    {
        CompilationResult result = SmallSchema.Accepted("""
            <messageSchema xmlns="http://fixprotocol.io/2016/sbe" xmlns:doc="urn:doc" package="a-b.c" id="1" version="2" semanticVersion="5.2"
                doc:page="7" xml:lang="en">
              <types package="other">
                <composite name="messageHeader"><type name="blockLength" primitiveType="uint16"/><type name="templateId" primitiveType="uint16"/>
                  <type name="schemaId" primitiveType="uint16"/><type name="version" primitiveType="uint16"/></composite>
                <type name="Nanos" primitiveType="uint64" doc:unit="ns"/>
              </types>
              <message name="M" id="1" semanticType="D" deprecated="0">
                <field name="at" id="60" type="Nanos" semanticType="UTCTimestamp" epoch="unix" timeUnit="nanosecond" deprecated="2"/>
              </message>
            </messageSchema>
            """);
        MessageLayout message = result.Layout!.Messages.Single();
        Assert.That((message.Meaning.SemanticType, message.Label.DeprecatedSince), Is.EqualTo(("D", (int?)null)), "0 is never");
        Assert.That(message.Block.Fields[0].Meaning, Is.EqualTo(new Meaning("UTCTimestamp", "unix", "nanosecond")));
        Assert.That(message.Block.Fields[0].Label.DeprecatedSince, Is.EqualTo(2));
        Assert.That(result.Files.Select(static file => file.Text), Has.All.Contain("namespace aB.c;"));
    }

    [Test]
    public void A_version_below_the_messages_is_told_only_where_it_is_written() =>
        SmallSchema.Accepted(SmallSchema.Of("", "<message name=\"M\" id=\"1\" sinceVersion=\"2\"><field name=\"f\" id=\"1\" type=\"uint8\"/></message>"));

    [Test]
    public void Text_in_another_encoding_has_no_overload_for_characters()
    {
        CompilationResult result = SmallSchema.Accepted(
            SmallSchema.Of(
                "<type name=\"T\" primitiveType=\"char\" length=\"4\" characterEncoding=\"GB18030\"/>",
                SmallSchema.Message("<field name=\"f\" id=\"1\" type=\"T\"/>")),
            Rules.OtherEncoding);
        string encoder = result.Files.Single(static file => file.Name == "MEncoder.g.cs").Text;
        Assert.That(encoder, Does.Contain("void SetF(__Bytes value)").And.Not.Contain("void SetF(__Chars value)"));
    }

    [TestCase("<field name=\"blockLength\" id=\"1\" type=\"uint8\"/><field name=\"count\" id=\"2\" type=\"uint8\"/>")]
    [TestCase("<field name=\"side\" id=\"1\" type=\"uint8\"/><field name=\"other\" id=\"2\" type=\"Side\" presence=\"optional\"/>")]
    [TestCase("<field name=\"f\" id=\"1\" type=\"Point\"/><group name=\"point\" id=\"2\"><field name=\"f\" id=\"3\" type=\"Side\"/></group>")]
    public void Names_of_types_and_of_what_every_codec_has_are_free_for_fields_and_groups(string content) => Block(
        "<enum name=\"Side\" encodingType=\"uint8\"><validValue name=\"Buy\">1</validValue></enum>"
        + "<composite name=\"Point\"><type name=\"x\" primitiveType=\"int32\"/></composite>",
        content);

    private static BlockLayout Block(string types, string fields) =>
        SmallSchema.Accepted(SmallSchema.Of(types, SmallSchema.Message(fields))).Layout!.Messages.Single().Block;
}

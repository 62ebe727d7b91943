using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Inspection.Compatibility;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>A small schema of version 0 and what changes in it for version 1.</summary>
internal static class SchemaPair
{
    private const string Schema = """
        <messageSchema package="p" id="7" version="0">
          <types>
            <composite name="messageHeader"><type name="blockLength" primitiveType="uint16"/><type name="templateId" primitiveType="uint16"/>
              <type name="schemaId" primitiveType="uint16"/><type name="version" primitiveType="uint16"/></composite>
            <composite name="groupSizeEncoding"><type name="blockLength" primitiveType="uint16"/><type name="numInGroup" primitiveType="uint16"/></composite>
            <composite name="text"><type name="length" primitiveType="uint16" maxValue="100"/>
              <type name="varData" primitiveType="uint8" length="0" characterEncoding="US-ASCII"/></composite>
            <enum name="Side" encodingType="uint8"><validValue name="Buy">1</validValue><validValue name="Sell">2</validValue></enum>
            <set name="Flags" encodingType="uint8"><choice name="first">0</choice><choice name="second">1</choice></set>
            <composite name="Point"><type name="x" primitiveType="int32"/><type name="y" primitiveType="int32"/></composite>
            <type name="Price" primitiveType="int64"/>
            <type name="Maybe" primitiveType="int32" presence="optional"/>
            <type name="Name" primitiveType="char" length="8"/>
            <type name="Kind" primitiveType="uint8" presence="constant">5</type>
          </types>
          <message name="M" id="1">
            <field name="price" id="1" type="Price"/>
            <field name="maybe" id="2" type="Maybe"/>
            <field name="side" id="3" type="Side"/>
            <field name="flags" id="4" type="Flags"/>
            <field name="at" id="5" type="Point"/>
            <field name="name" id="6" type="Name"/>
            <field name="kind" id="7" type="Kind"/>
            <field name="last" id="8" type="uint16"/>
            <group name="legs" id="10"><field name="qty" id="11" type="uint32"/></group>
            <group name="more" id="12"><field name="n" id="13" type="uint8"/></group>
            <data name="memo" id="20" type="text"/>
            <data name="note" id="21" type="text"/>
          </message>
          <message name="N" id="2"><field name="n" id="1" type="uint32"/></message>
        </messageSchema>
        """;

    internal static string Old { get; } = Schema;

    /// <summary>The schema with pairs of texts replaced, each of which must be there.</summary>
    internal static string Changed(params string[] replacements)
    {
        string text = Schema.Replace("version=\"0\"", "version=\"1\"", StringComparison.Ordinal);
        for (int index = 0; index < replacements.Length; index += 2)
        {
            Assert.That(text, Does.Contain(replacements[index]));
            text = text.Replace(replacements[index], replacements[index + 1], StringComparison.Ordinal);
        }

        return text;
    }

    internal static IReadOnlyList<Finding> Compare(params string[] replacements) => CompatibilityCheck.Compare(Layout(Old), Layout(Changed(replacements)));

    internal static SchemaLayout Layout(string text)
    {
        CompilationResult result = SchemaCompiler.Compile(text);
        Assert.That(result.Layout, Is.Not.Null, () => string.Join('\n', result.Diagnostics.Select(static finding => finding.Format("schema.xml"))));
        return result.Layout!;
    }
}

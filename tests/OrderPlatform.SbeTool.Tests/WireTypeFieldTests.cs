using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Composites that carry the wire and are types of fields too.</summary>
public sealed class WireTypeFieldTests
{
    /// <summary>A message that carries another's header, and dimensions as values.</summary>
    private const string Schema = """
        <messageSchema package="t.wiretypes" id="1" headerType="head">
          <types>
            <composite name="head"><type name="blockLength" primitiveType="uint16"/><type name="templateId" primitiveType="uint16"/>
              <type name="schemaId" primitiveType="uint16"/><type name="version" primitiveType="uint16"/></composite>
            <composite name="groupSizeEncoding"><type name="blockLength" primitiveType="uint16"/><type name="numInGroup" primitiveType="uint16"/></composite>
            <composite name="relayed"><ref name="of" type="head"/></composite>
          </types>
          <message name="Relay" id="1">
            <field name="dimensions" id="1" type="groupSizeEncoding"/>
            <field name="inner" id="2" type="relayed"/>
            <group name="hops" id="3"><field name="header" id="1" type="head"/></group>
          </message>
        </messageSchema>
        """;

    [Test]
    public void Header_and_dimension_types_may_be_types_of_fields() => RoundTrip.Check(CompiledSchema.Of(Schema), seed: 11, treesPerMessage: 20);
}

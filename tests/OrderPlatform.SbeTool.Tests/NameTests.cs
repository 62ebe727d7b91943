using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Names that are taken elsewhere: the codecs must compile and mean the right thing all the same.</summary>
public sealed class NameTests
{
    /// <summary>Fields and groups with the names of types, of other types than their own, of the header, and of what the code needs from outside.</summary>
    private const string Schema = """
        <messageSchema package="t.names" id="1" byteOrder="bigEndian">
          <types>
            <composite name="messageHeader"><type name="blockLength" primitiveType="uint16"/><type name="templateId" primitiveType="uint16"/>
              <type name="schemaId" primitiveType="uint16"/><type name="version" primitiveType="uint16"/></composite>
            <composite name="groupSizeEncoding"><type name="blockLength" primitiveType="uint16"/><type name="numInGroup" primitiveType="uint16"/></composite>
            <enum name="Side" encodingType="uint8">
              <validValue name="Buy">1</validValue><validValue name="Side">2</validValue><validValue name="event">3</validValue></enum>
            <enum name="Kind" encodingType="char"><validValue name="Side">S</validValue><validValue name="default">D</validValue></enum>
            <enum name="IsKind" encodingType="int8"><validValue name="A">1</validValue></enum>
            <set name="Bits" encodingType="uint8"><choice name="Bits">0</choice><choice name="true">7</choice></set>
            <composite name="Leg">
              <type name="price" primitiveType="int32"/>
              <ref name="Side" type="Kind"/>
              <ref name="Kind" type="Side"/>
            </composite>
            <composite name="Filter">
              <ref name="kind" type="Side"/>
              <type name="Side" primitiveType="uint8" presence="constant" valueRef="Side.Buy"/>
            </composite>
          </types>
          <message name="Order" id="1">
            <field name="side" id="1" type="Side" presence="constant" valueRef="Side.Side"/>
            <field name="Kind" id="2" type="Side" presence="optional"/>
            <field name="isKind" id="3" type="Kind"/>
            <field name="bits" id="4" type="IsKind" presence="optional"/>
            <field name="messageHeader" id="5" type="Bits"/>
            <field name="system" id="6" type="Leg"/>
            <field name="filter" id="7" type="Filter"/>
            <group name="leg" id="8">
              <field name="unsafe" id="1" type="Leg"/>
              <field name="global" id="2" type="float" presence="optional"/>
              <field name="current" id="4" type="uint8"/>
              <field name="blockLength" id="5" type="uint16"/>
              <group name="order" id="3"><field name="leg" id="1" type="Leg"/></group>
            </group>
          </message>
          <message name="Leg_" id="2"><field name="messageValidator" id="1" type="double"/><field name="string" id="2" type="uint64"/>
            <field name="count" id="3" type="int8"/><field name="next" id="4" type="int8"/></message>
        </messageSchema>
        """;

    [Test]
    public void Names_of_fields_and_groups_hide_no_type_that_the_code_needs() => RoundTrip.Check(CompiledSchema.Of(Schema), seed: 7, treesPerMessage: 100);
}

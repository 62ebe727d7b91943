using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Group dimensions whose product is more than 64 bits hold; random schemas found that they passed the check and led outside the buffer.</summary>
public sealed class DimensionOverflowTests
{
    private const string Schema = """
        <messageSchema package="rnd.overflow" id="1">
          <types>
            <composite name="messageHeader"><type name="blockLength" primitiveType="uint16"/><type name="templateId" primitiveType="uint16"/>
              <type name="schemaId" primitiveType="uint16"/><type name="version" primitiveType="uint16"/></composite>
            <composite name="groupSizeEncoding"><type name="blockLength" primitiveType="uint32" maxValue="2147483647"/>
              <type name="numInGroup" primitiveType="uint32" maxValue="2147483647"/></composite>
            <composite name="bytes"><type name="length" primitiveType="uint32" maxValue="2147483647"/>
              <type name="varData" primitiveType="uint8" length="0"/></composite>
          </types>
          <message name="M" id="1">
            <group name="entries" id="1"><field name="number" id="1" type="uint64"/><data name="text" id="2" type="bytes"/></group>
          </message>
        </messageSchema>
        """;

    [TestCase(0xFFFF_FFFFu, 0x7FFF_FFFFu)]
    [TestCase(0xFFFF_FFFEu, 0x7FFF_FFFFu)]
    [TestCase(0x8000_0000u, 0x7FFF_FFFFu)]
    [TestCase(0xFFFF_FFFFu, 1u)]
    [TestCase(0x7FFF_FFFFu, 1u)]
    public void A_block_length_and_a_count_that_overflow_together_are_refused(uint blockLength, uint count)
    {
        CompiledSchema codecs = CompiledSchema.Of(Schema);
        byte[] message = [0, 0, 1, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(blockLength), .. BitConverter.GetBytes(count), .. new byte[24]];
        Assert.That(codecs.Validate(message), Is.EqualTo(MessageProblem.GroupOutsideBuffer));
        Assert.That(
            () => codecs.Walk(message),
            Throws.TypeOf<SbeException>().With.Property(nameof(SbeException.Problem)).EqualTo(MessageProblem.GroupOutsideBuffer));
    }
}

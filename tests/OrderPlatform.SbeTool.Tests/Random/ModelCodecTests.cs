using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>The naive model against the bytes and trees of the reference tool: what judges the generated code is itself judged.</summary>
public sealed class ModelCodecTests
{
    private static IEnumerable<GoldenVector> Vectors => Golden.Vectors;

    [TestCaseSource(nameof(Vectors))]
    public void The_model_writes_and_reads_a_golden_message_as_the_reference_tool_does(GoldenVector vector)
    {
        SchemaLayout schema = Golden.Layout(vector.Schema);
        (MessageLayout message, JsonObject decoded) = new ModelDecoder(schema).Decode(vector.Bytes);
        Assert.That(message.Label.Name, Is.EqualTo(vector.Message));
        Assert.That(JsonDifference.Of(vector.Decoded, decoded), Is.Null);
        Assert.That(Convert.ToHexString(new ModelEncoder(schema).Encode(message, vector.Decoded)), Is.EqualTo(Convert.ToHexString(vector.Bytes)));
    }
}

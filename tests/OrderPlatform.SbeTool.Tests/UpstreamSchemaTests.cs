using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>The example schemas of the reference tool and the schemas of an exchange, unchanged; both lie outside the repository.</summary>
public sealed class UpstreamSchemaTests
{
    private const int Seed = 20_261_126;

    [TestCase("FixBinary")]
    [TestCase("example-bigendian-test-schema")]
    [TestCase("example-extension-schema")]
    [TestCase("example-schema")]
    [TestCase("fix-message-samples")]
    public void Examples_of_the_reference_tool_are_written_and_read_as_it_does(string name)
    {
        using CompiledSchema codecs = Example(name);
        GoldenVector[] vectors = [.. Golden.Read(name, File.ReadAllText(ReferenceFolder.PathOf("sbe-upstream", "vectors", name + ".json")))];
        Assert.That(vectors, Is.Not.Empty);
        foreach (GoldenVector vector in vectors)
        {
            byte[] buffer = [.. Enumerable.Repeat((byte)0xAA, vector.Bytes.Length)];
            int lengthBytes = codecs.Encode(vector.Message, vector.Input, buffer);
            Assert.That(Convert.ToHexString(buffer, 0, lengthBytes), Is.EqualTo(Convert.ToHexString(vector.Bytes)), vector.Name);
            string? difference = JsonDifference.Of(vector.Decoded, codecs.Decode(vector.Bytes, out int consumed));
            Assert.That(difference, Is.Null, vector.Name);
            Assert.That(consumed, Is.EqualTo(vector.Bytes.Length), vector.Name);
        }

        RoundTrip.Check(codecs, Seed, treesPerMessage: 20);
    }

    [TestCase("spot-fixsbe-1_0")]
    [TestCase("spot-fixsbe-1_1")]
    [TestCase("spot_1_0")]
    [TestCase("spot_2_1")]
    [TestCase("spot_3_0")]
    [TestCase("spot_3_4")]
    [TestCase("spot_3_5")]
    [TestCase("stream_1_0")]
    public void Random_values_of_every_message_of_an_exchange_survive_encoding_and_decoding(string name)
    {
        string text = File.ReadAllText(ReferenceFolder.PathOf("binance-sbe", name + ".xml"));
        using CompiledSchema codecs = CompiledSchema.Compile(text);
        var dynamicDecoder = new DynamicJson(text);
        RoundTrip.Check(codecs, Seed, treesPerMessage: 20, (bytes, where) =>
            Assert.That(JsonDifference.Of(dynamicDecoder.Decode(bytes), JsonNode.Parse(codecs.Json(bytes))), Is.Null, where));
    }

    private static CompiledSchema Example(string name)
    {
        static string Read(string file) => File.ReadAllText(ReferenceFolder.PathOf("sbe-upstream", "schemas", file));
        return CompiledSchema.Load(SchemaCompiler.Compile(Read(name + ".xml"), name + ".xml", Read));
    }
}

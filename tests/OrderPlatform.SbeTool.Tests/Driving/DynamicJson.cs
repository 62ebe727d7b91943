extern alias inspection;

using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using inspection::OrderPlatform.SbeTool.Compiler;
using inspection::OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>What the decoder without generated code reads: a second opinion about bytes.</summary>
internal sealed class DynamicJson(string schemaText)
{
    private readonly DynamicDecoder _decoder = new(SchemaCompiler.Compile(schemaText).Layout!);

    /// <summary>The message, its header's numbers and its length.</summary>
    internal JsonNode Decode(byte[] messageWithHeader)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output);
        _decoder.Decode(messageWithHeader, new JsonSink(writer));
        writer.Flush();
        return JsonNode.Parse(output.WrittenSpan)!;
    }
}

using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>A sound message, and where the numbers stand that steer its decoding.</summary>
/// <param name="Name">Of schema and message, for people.</param>
/// <param name="Codecs">What reads it.</param>
/// <param name="Message">Its layout.</param>
/// <param name="Bytes">With header.</param>
/// <param name="Tree">Its values.</param>
/// <param name="Steering">Offsets and types of block lengths, ids, versions, counts and data lengths.</param>
internal sealed record SampleMessage(
    string Name, CompiledSchema Codecs, MessageLayout Message, byte[] Bytes, JsonObject Tree, (int Offset, PrimitiveType Primitive)[] Steering)
{
    /// <summary>What judges the validator.</summary>
    internal ModelValidator Model { get; } = new(Codecs.Layout);

    /// <summary>A sample from the bytes of a sound message.</summary>
    internal static SampleMessage Of(string name, CompiledSchema codecs, byte[] bytes)
    {
        var model = new ModelDecoder(codecs.Layout);
        (MessageLayout message, JsonObject tree) = model.Decode(bytes);
        return new SampleMessage($"{name}, {message.Label.Name}", codecs, message, bytes, tree, [.. model.Steering]);
    }
}

using System.Text.Json.Nodes;
using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>What must hold for every tree of values that a schema allows.</summary>
internal static class RoundTrip
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Encodes random trees of every message over old bytes, and checks validator, decoder, walk and encoding again.</summary>
    /// <param name="schema">The codecs.</param>
    /// <param name="seed">Printed by a failure.</param>
    /// <param name="treesPerMessage">How many trees a message gets.</param>
    /// <param name="inspect">What else shall be checked of the bytes; told which they are.</param>
    internal static void Check(CompiledSchema schema, int seed, int treesPerMessage, Action<byte[], string>? inspect = null)
    {
        var random = new Random(seed);
        var values = new RandomValues(random);
        var buffer = new byte[BufferBytes];
        foreach (MessageLayout message in schema.Layout.Messages)
        {
            for (int tree = 0; tree < treesPerMessage; tree++)
            {
                random.NextBytes(buffer);
                JsonObject input = values.Of(message);
                string name = $"seed {seed}, {message.Label.Name}, tree {tree}";
                inspect?.Invoke(Check(schema, message.Label.Name, input, buffer, name), name);
            }
        }
    }

    private static byte[] Check(CompiledSchema schema, string message, JsonObject input, byte[] buffer, string name)
    {
        byte[] bytes = buffer[..schema.Encode(message, input, buffer)];
        Assert.That(schema.Validate(bytes), Is.EqualTo(MessageProblem.None), name);
        JsonObject decoded = schema.Decode(bytes, out int consumed);
        string? difference = JsonDifference.Of(input, decoded);
        Assert.That(difference, Is.Null, $"{name}\n{input.ToJsonString()}");
        Assert.That(consumed, Is.EqualTo(bytes.Length), name);
        Assert.That(() => schema.Walk(bytes), Throws.Nothing, name);
        byte[] again = new byte[bytes.Length];
        Assert.That(schema.Encode(message, decoded, again), Is.EqualTo(bytes.Length), name);
        Assert.That(again, Is.EqualTo(bytes), name);
        return bytes;
    }
}

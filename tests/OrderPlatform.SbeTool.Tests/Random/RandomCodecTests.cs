using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>
/// Random schemas with random values: the generated codecs and the naive model must agree in every byte and value. A run takes a few schemas;
/// <c>SBE_SCHEMAS</c> and <c>SBE_SEED</c>, each an NUnit parameter (<c>dotnet test -- TestRunParameters.Parameter(name="SBE_SCHEMAS",value="500")</c>)
/// or an environment variable, set how many and the first seed. Every failure names its seed.
/// </summary>
public sealed class RandomCodecTests
{
    private const byte Stale = 0xAA;
    private const int Trees = 25;

    private static int Schemas => Campaign.Number("SBE_SCHEMAS", 24);

    private static int FirstSeed => Campaign.Number("SBE_SEED", 27_000);

    private readonly byte[] _buffer = new byte[65_536];

    [Test]
    public void Generated_codecs_agree_with_the_model_on_messages_of_their_own_and_of_older_and_newer_versions()
    {
        TestContext.Out.WriteLine($"SBE_SEED={FirstSeed} SBE_SCHEMAS={Schemas}");
        for (int seed = FirstSeed; seed < FirstSeed + Schemas; seed++)
        {
            Check(seed);
        }
    }

    private void Check(int seed)
    {
        RandomSchema schema = RandomSchema.Of(seed);
        var draw = new Draw(seed);
        using CompiledSchema newest = CompiledSchema.Compile(schema.Text);
        CheckEach(newest, newest, draw, $"seed {seed}");
        if (schema.Version > 0)
        {
            int version = draw.Below(schema.Version);
            using CompiledSchema older = CompiledSchema.Compile(OlderVersion.Of(schema.Text, version, keepsBlockLengths: draw.OneIn(2)));
            CheckEach(older, older, draw, $"seed {seed}, version {version}");
            CheckEach(older, newest, draw, $"seed {seed}, written by version {version}");
            CheckEach(newest, older, draw, $"seed {seed}, read by version {version}");
        }
    }

    /// <summary>Writes random messages with one version and reads them with another.</summary>
    private void CheckEach(CompiledSchema writer, CompiledSchema reader, Draw draw, string what)
    {
        var known = reader.Layout.Messages.Select(static message => message.Id).ToHashSet();
        foreach (MessageLayout message in writer.Layout.Messages.Where(message => known.Contains(message.Id)))
        {
            for (int index = 0; index < Trees; index++)
            {
                JsonObject tree = index == 0 ? Bare(message.Block) : new RandomValues(draw.Source).Of(message);
                byte[] bytes = new ModelEncoder(writer.Layout).Encode(message, tree);
                string context = $"{what}, message {message.Label.Name}, tree {index}: {tree.ToJsonString()}";
                CheckEncoder(writer, message.Label.Name, tree, bytes, context);
                CheckDecoder(reader, bytes, context);
            }
        }
    }

    /// <summary>Nothing is set, and each group has an entry in which nothing is: what the wrap leaves.</summary>
    private static JsonObject Bare(BlockLayout block) => new(block.Groups.Select(static group => KeyValuePair.Create(
        group.Label.Name, (JsonNode?)new JsonArray([.. Enumerable.Range(0, (int)Math.Max(1, group.Dimension.CountMin)).Select(_ => Bare(group.Block))]))));

    private void CheckEncoder(CompiledSchema codecs, string message, JsonObject tree, byte[] bytes, string context)
    {
        _buffer.AsSpan().Fill(Stale);
        int lengthBytes = codecs.Encode(message, tree, _buffer);
        Assert.That(Convert.ToHexString(_buffer, 0, lengthBytes), Is.EqualTo(Convert.ToHexString(bytes)), context);
        Assert.That(_buffer.AsSpan(lengthBytes).ContainsAnyExcept(Stale), Is.False, context);
    }

    private static void CheckDecoder(CompiledSchema codecs, byte[] bytes, string context)
    {
        var model = new ModelDecoder(codecs.Layout);
        (_, JsonObject expected) = model.Decode(bytes);
        JsonObject decoded = codecs.Decode(bytes, out int consumed);
        Assert.That(JsonDifference.Of(expected, decoded), Is.Null, $"{context}, bytes {Convert.ToHexString(bytes)}");
        Assert.That(consumed, Is.EqualTo(model.Limit), context);
    }
}

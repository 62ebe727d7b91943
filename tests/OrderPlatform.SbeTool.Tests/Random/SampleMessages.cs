using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Sound messages to damage: the reference tool's, every message of the platform's own schema, and those of some random schemas.</summary>
internal static class SampleMessages
{
    private const int BytesMax = 600;
    private const int RandomSchemas = 4;
    private static readonly Lazy<SampleMessage[]> Once = new(static () => [.. Golden, .. Platform, .. Random]);

    internal static SampleMessage[] All => Once.Value;

    private static IEnumerable<SampleMessage> Golden => Tests.Golden.Vectors
        .Where(static vector => vector.Bytes.Length <= BytesMax)
        .Select(static vector => SampleMessage.Of($"golden {vector.Name}", Tests.Golden.Codecs(vector.Schema), vector.Bytes));

    private static IEnumerable<SampleMessage> Platform =>
        Of("platform", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "platform", "order-platform.xml")), seed: 1, each: 1);

    private static IEnumerable<SampleMessage> Random => Enumerable.Range(Campaign.Number("SBE_SEED", 27_500), RandomSchemas)
        .SelectMany(static seed => Of($"seed {seed}", RandomSchema.Of(seed).Text, seed, each: 4));

    private static IEnumerable<SampleMessage> Of(string name, string schemaText, int seed, int each)
    {
        CompiledSchema codecs = CompiledSchema.Of(schemaText);
        var draw = new Draw(seed);
        foreach (MessageLayout message in codecs.Layout.Messages)
        {
            for (int index = 0; index < each; index++)
            {
                byte[] bytes = new ModelEncoder(codecs.Layout).Encode(message, new RandomValues(draw.Source).Of(message));
                if (bytes.Length <= BytesMax)
                {
                    yield return SampleMessage.Of(name, codecs, bytes);
                }
            }
        }
    }
}

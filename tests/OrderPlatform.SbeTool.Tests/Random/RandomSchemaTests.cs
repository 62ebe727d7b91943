using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>The random schemas themselves: valid, and together using the whole language.</summary>
public sealed class RandomSchemaTests
{
    private const int Schemas = 500;

    [Test]
    public void Every_random_schema_and_each_of_its_older_versions_is_valid()
    {
        for (int seed = 0; seed < Schemas; seed++)
        {
            RandomSchema schema = RandomSchema.Of(seed);
            AssertValid(schema.Text, schema.Seed);
            for (int version = 0; version < schema.Version; version++)
            {
                AssertValid(OlderVersion.Of(schema.Text, version, keepsBlockLengths: true), seed);
                AssertValid(OlderVersion.Of(schema.Text, version, keepsBlockLengths: false), seed);
            }
        }
    }

    private static void AssertValid(string text, int seed)
    {
        CompilationResult result = SchemaCompiler.Compile(text);
        string findings = string.Join('\n', result.Diagnostics.Where(static finding => finding.Rule.IsError).Select(finding => finding.Format($"seed {seed}")));
        Assert.That(result.Layout, Is.Not.Null, $"{findings}\n{text}");
    }
}

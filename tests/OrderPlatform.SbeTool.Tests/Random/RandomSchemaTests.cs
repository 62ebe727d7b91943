using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>The random schemas themselves: valid, and together using the whole language.</summary>
public sealed class RandomSchemaTests
{
    private const int Schemas = 300;

    private static readonly string[] Integers = [.. ScalarDraw.Integers.Select(static primitive => primitive.Name)];
    private static readonly string[] Numbers = [.. Integers, "float", "double"];

    [Test]
    public void Every_random_schema_and_each_of_its_older_versions_is_valid()
    {
        for (int seed = 0; seed < Schemas; seed++)
        {
            RandomSchema schema = RandomSchema.Of(seed);
            Valid(schema.Text, schema.Seed);
            for (int version = 0; version < schema.Version; version++)
            {
                Valid(OlderVersion.Of(schema.Text, version, keepsBlockLengths: true), seed);
                Valid(OlderVersion.Of(schema.Text, version, keepsBlockLengths: false), seed);
            }
        }
    }

    [Test]
    public void The_random_schemas_leave_nothing_of_the_language_out()
    {
        string[] expected =
        [
            "big endian", "little endian", "header in another order", "header with more members", "header version uint8", "header version uint32",
            "header blockLength uint8", "header blockLength uint32", "message since 0", "message since 1", "padded block", "block without fields",
            .. Numbers, "char", .. Numbers.Select(static name => "optional " + name), "optional char", .. Numbers.Select(static name => "own null " + name),
            .. Numbers.Select(static name => "array of " + name), .. Numbers.Select(static name => "optional array of " + name),
            .. Numbers.Select(static name => "constant " + name), "constant char", "constant text", "constant of an enum", "own null enum",
            .. Integers.Select(static name => "enum of " + name), "enum of char", "optional enum of uint64", "optional enum of char",
            .. Integers.Where(static name => name[0] == 'u').Select(static name => "set of " + name), "added composite", "added set of uint64",
            "text in Ascii", "text in Latin1", "text in Utf8", "composite depth 0", "composite depth 1", "composite depth 2",
            "group depth 1", "group depth 2", "group depth 3", "group with a minimum", "dimension in another order", "added group", "added data",
            "dimension blockLength uint8", "dimension blockLength uint32", "dimension numInGroup uint8", "dimension numInGroup uint16",
            "dimension numInGroup uint32", "dimension numInGroup int8", "dimension numInGroup int64",
            "data length uint8", "data length uint16", "data length uint32",
            "data of raw bytes", "data of US-ASCII", "data of ISO-8859-1", "data of UTF-8", "data of windows-1252",
            "grown composite", "data length uint64", "dimension blockLength uint64", "dimension numInGroup uint64", "header version uint64",
        ];
        var seen = new HashSet<string>();
        for (int seed = 0; seed < Schemas; seed++)
        {
            seen.UnionWith(SchemaFeatures.Of(Valid(RandomSchema.Of(seed).Text, seed)));
        }

        Assert.That(expected.Except(seen), Is.Empty);
    }

    private static SchemaLayout Valid(string text, int seed)
    {
        CompilationResult result = SchemaCompiler.Compile(text);
        string findings = string.Join('\n', result.Diagnostics.Where(static finding => finding.Rule.IsError).Select(finding => finding.Format($"seed {seed}")));
        Assert.That(result.Layout, Is.Not.Null, $"{findings}\n{text}");
        return result.Layout!;
    }
}

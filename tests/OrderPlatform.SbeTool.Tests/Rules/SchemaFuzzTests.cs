using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Schemas with random faults: the compiler never throws, and says where an error is.</summary>
public sealed class SchemaFuzzTests
{
    private const int Seed = 20_260_101;
    private const int Mutations = 20_000;

    [Test]
    public void A_mutated_schema_has_a_layout_or_an_error_inside_its_text()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        XDocument[] originals = [.. Golden.Schemas.Select(static schema => XDocument.Load(Path.Combine(Golden.Folder, "schemas", schema + ".xml")))];
        int refused = 0;
        for (int round = 0; round < Mutations; round++)
        {
            string text = new SchemaMutator(random).Mutate(originals[random.Next(originals.Length)]);
            refused += Check(text, round) ? 0 : 1;
        }

        TestContext.Out.WriteLine($"{refused} of {Mutations} refused");
        Assert.That(refused, Is.InRange(Mutations / 4, Mutations * 95 / 100), "most mutations are faults, some are not");
    }

    /// <summary>Whether the schema was accepted.</summary>
    private static bool Check(string text, int round)
    {
        CompilationResult result;
        try
        {
            result = SchemaCompiler.Compile(text);
        }
        catch (Exception problem)
        {
            Assert.Fail($"seed {Seed}, round {round}: {problem}\n{text}");
            throw;
        }

        string[] lines = text.Split('\n');
        bool isSound = (result.Layout is not null || result.Diagnostics.Any(static finding => finding.Rule.IsError))
            && result.Diagnostics.All(finding => finding.Position.File is null
                && finding.Position.Line >= 1 && finding.Position.Line <= lines.Length
                && finding.Position.Column >= 1 && finding.Position.Column <= lines[finding.Position.Line - 1].Length + 1);
        if (!isSound)
        {
            Assert.Fail($"seed {Seed}, round {round}:\n{SmallSchema.Findings(result)}\n{text}");
        }

        return result.Layout is not null;
    }
}

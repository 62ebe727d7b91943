using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.System.Tests;

/// <summary>The platform's own schema.</summary>
[TestFixture]
internal sealed class SchemaTests
{
    [Test]
    public void It_compiles_without_a_word_of_complaint() =>
        Assert.That(SchemaCompiler.Compile(Repository.Read("schemas/order-platform.xml")).Diagnostics, Is.Empty);
}

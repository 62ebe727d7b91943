using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Asks the C# compiler whether it takes what was generated.</summary>
internal static class GeneratedCode
{
    private static readonly MetadataReference[] References =
    [
        .. new[] { typeof(object).Assembly, Assembly.Load("System.Runtime"), Assembly.Load("System.Memory"), typeof(SbeException).Assembly }
            .Select(static assembly => MetadataReference.CreateFromFile(assembly.Location)),
    ];

    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    internal static IEnumerable<string> Errors(CompilationResult result) =>
        CSharpCompilation.Create("Generated", result.Files.Select(static file => CSharpSyntaxTree.ParseText(file.Text, path: file.Name)), References, Options)
            .GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error).Select(static found => found.ToString());
}

using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Generated codecs and their driver, compiled in memory with full optimisation and loaded apart, so that they can go again.</summary>
internal sealed class CodecAssembly : IDisposable
{
    private const string DriverPath = "Driver.cs";
    private const string Silence = "#pragma warning disable";

    /// <summary>Missing doc comments; whether public types have them is another test's matter.</summary>
    private const string MissingComment = "CS1591";

    /// <summary>Encoders check the order of writing where DEBUG is defined; optimised is all of it.</summary>
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose, preprocessorSymbols: ["DEBUG"]);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999);

    private static readonly Assembly[] Platform =
        [typeof(object).Assembly, Assembly.Load("System.Runtime"), Assembly.Load("System.Memory"), typeof(JsonNode).Assembly];

    /// <summary>The test assembly has codecs of its own, of the same names; behind an alias they stay out of sight.</summary>
    private static readonly MetadataReference[] References =
    [
        .. Platform.Append(typeof(SbeException).Assembly).Select(static assembly => MetadataReference.CreateFromFile(assembly.Location)),
        MetadataReference.CreateFromFile(typeof(ICodecDriver).Assembly.Location).WithAliases([DriverSource.TestsAlias]),
    ];

    private readonly LoadContext _context = new();

    /// <summary>Compiles and loads.</summary>
    /// <param name="codecs">What the schema compiler emitted.</param>
    /// <param name="driver">The text of the driver.</param>
    /// <exception cref="InvalidOperationException">The codecs have warnings, or something does not compile.</exception>
    internal CodecAssembly(IReadOnlyList<GeneratedFile> codecs, string driver)
    {
        // Their own silence is taken away: they must earn it.
        IEnumerable<SyntaxTree> trees = codecs.Select(static file => Parse(file.Text.Replace(Silence, "", StringComparison.Ordinal), file.Name));
        var compilation = CSharpCompilation.Create("Codecs", trees.Append(Parse(driver, DriverPath)), References, Options);
        using var image = new MemoryStream();
        Diagnostic[] findings = [.. compilation.Emit(image).Diagnostics.Where(IsFinding)];
        if (findings.Length > 0)
            throw new InvalidOperationException($"the generated code has {findings.Length} findings:\n{string.Join('\n', findings.Take(20).Select(Explain))}");

        image.Position = 0;
        Driver = (ICodecDriver)Activator.CreateInstance(_context.LoadFromStream(image).GetType(DriverSource.ClassName, throwOnError: true)!)!;
    }

    internal ICodecDriver Driver { get; }

    public void Dispose() => _context.Unload();

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);

    private static bool IsFinding(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Id != MissingComment && diagnostic.Location.SourceTree?.FilePath != DriverPath);

    private static string Explain(Diagnostic diagnostic)
    {
        string line = diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString() ?? "";
        return $"{diagnostic}\n    {line.Trim()}";
    }

    /// <summary>Holds one assembly; the test's own assemblies are those that run already, wherever the test host loaded them.</summary>
    private sealed class LoadContext() : AssemblyLoadContext("codecs", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            new[] { typeof(ICodecDriver).Assembly, typeof(SbeException).Assembly }.FirstOrDefault(assembly => assembly.GetName().Name == assemblyName.Name);
    }
}

using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler;

/// <summary>What came of a schema.</summary>
/// <param name="Diagnostics">Findings in the order of the text.</param>
/// <param name="Layout">The intermediate representation, or null if there were errors.</param>
/// <param name="Files">The code; empty if there were errors.</param>
public sealed record CompilationResult(IReadOnlyList<SchemaDiagnostic> Diagnostics, SchemaLayout? Layout, IReadOnlyList<GeneratedFile> Files);

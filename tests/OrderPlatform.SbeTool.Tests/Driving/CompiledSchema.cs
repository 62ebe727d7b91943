using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>A schema whose generated codecs run in this process: values as JSON go in, bytes come out, and back. Safe for many threads.</summary>
internal sealed class CompiledSchema : ICodecDriver, IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<CompiledSchema>> Cache = new(StringComparer.Ordinal);

    private readonly CodecAssembly _assembly;

    private CompiledSchema(SchemaLayout layout, CodecAssembly assembly)
    {
        Layout = layout;
        _assembly = assembly;
    }

    internal SchemaLayout Layout { get; }

    /// <summary>The schema of this text, compiled once in a test run. Do not dispose it.</summary>
    /// <exception cref="ArgumentException">The schema has errors.</exception>
    /// <exception cref="InvalidOperationException">The generated code has errors or warnings.</exception>
    internal static CompiledSchema Of(string schemaText) => Cache.GetOrAdd(schemaText, static text => new Lazy<CompiledSchema>(() => Compile(text))).Value;

    /// <summary>Compiles a schema that is needed once; dispose it to unload its code.</summary>
    /// <exception cref="ArgumentException">The schema has errors.</exception>
    /// <exception cref="InvalidOperationException">The generated code has errors or warnings.</exception>
    internal static CompiledSchema Compile(string schemaText) => Load(SchemaCompiler.Compile(schemaText));

    /// <summary>Loads what the schema compiler made of a schema; dispose it to unload its code.</summary>
    /// <exception cref="ArgumentException">The schema has errors.</exception>
    /// <exception cref="InvalidOperationException">The generated code has errors or warnings.</exception>
    internal static CompiledSchema Load(CompilationResult result) =>
        result.Layout is { } layout
            ? new CompiledSchema(layout, new CodecAssembly(result.Files, DriverSource.Of(layout)))
            : throw new ArgumentException(
                $"the schema has errors:\n{string.Join('\n', result.Diagnostics.Where(static finding => finding.Rule.IsError).Select(static finding => finding.Format("schema")))}", nameof(result));

    public int Encode(string message, JsonObject input, Span<byte> buffer) => _assembly.Driver.Encode(message, input, buffer);

    public JsonObject Decode(ReadOnlySpan<byte> messageWithHeader, out int consumed) => _assembly.Driver.Decode(messageWithHeader, out consumed);

    public long Walk(ReadOnlySpan<byte> messageWithHeader) => _assembly.Driver.Walk(messageWithHeader);

    public MessageProblem Validate(ReadOnlySpan<byte> messageWithHeader) => _assembly.Driver.Validate(messageWithHeader);

    public string Describe(ReadOnlySpan<byte> messageWithHeader) => _assembly.Driver.Describe(messageWithHeader);

    public string Json(ReadOnlySpan<byte> messageWithHeader) => _assembly.Driver.Json(messageWithHeader);

    public void Dispose() => _assembly.Dispose();
}

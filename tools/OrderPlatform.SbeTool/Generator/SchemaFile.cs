using System.Collections.Immutable;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Parsing;

namespace OrderPlatform.SbeTool.Generator;

/// <summary>A file as the build sees it.</summary>
/// <param name="Path">As the build has it; of an included file with / between its parts.</param>
/// <param name="Text">The content; null if a schema includes what is not there.</param>
internal sealed record SchemaFile(string Path, string? Text);

/// <summary>A schema with the files that it includes: equal ones have equal results, which is what makes the generator incremental.</summary>
internal sealed class SchemaInput : IEquatable<SchemaInput>
{
    private readonly List<SchemaFile> _includes;

    private SchemaInput(SchemaFile schema, List<SchemaFile> includes)
    {
        Schema = schema;
        _includes = includes;
    }

    internal SchemaFile Schema { get; }

    /// <summary>Picks from all files that may be included those that this schema asks for.</summary>
    internal static SchemaInput Of(SchemaFile schema, ImmutableArray<SchemaFile> available)
    {
        string? Find(string path) => available.FirstOrDefault(file => IncludePath.Normalize(file.Path) == path)?.Text;
        IReadOnlyList<string> paths = SchemaCompiler.FindIncludes(schema.Text ?? "", schema.Path, Find);
        return new SchemaInput(schema, [.. paths.Select(path => new SchemaFile(path, Find(path)))]);
    }

    internal CompilationResult Compile() =>
        SchemaCompiler.Compile(Schema.Text ?? "", Schema.Path, path => _includes.Find(file => file.Path == path)?.Text);

    public bool Equals(SchemaInput? other) => other is not null && Schema == other.Schema && _includes.SequenceEqual(other._includes);

    public override bool Equals(object? obj) => Equals(obj as SchemaInput);

    public override int GetHashCode() => Schema.GetHashCode();
}

/// <summary>A compiled schema, equal to another if its files are.</summary>
internal sealed class CompiledSchema : IEquatable<CompiledSchema>
{
    private readonly SchemaInput _input;

    private CompiledSchema(SchemaInput input)
    {
        _input = input;
        Result = input.Compile();
    }

    internal SchemaFile Schema => _input.Schema;

    internal CompilationResult Result { get; }

    public bool Equals(CompiledSchema? other) => other is not null && _input.Equals(other._input);

    public override bool Equals(object? obj) => Equals(obj as CompiledSchema);

    public override int GetHashCode() => _input.GetHashCode();

    /// <summary>For tests of incrementality.</summary>
    public override string ToString() => Schema.Path;

    internal static CompiledSchema Of(SchemaInput input) => new(input);
}

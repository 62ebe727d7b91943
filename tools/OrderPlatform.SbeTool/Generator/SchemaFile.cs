using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.SbeTool.Generator;

/// <summary>A schema as the build sees it; equal path and text mean equal results, which is what makes the generator incremental.</summary>
internal sealed record SchemaFile(string Path, string Text);

/// <summary>A compiled schema, equal to another if the file is.</summary>
internal sealed class CompiledSchema : IEquatable<CompiledSchema>
{
    private CompiledSchema(SchemaFile file)
    {
        File = file;
        Result = SchemaCompiler.Compile(file.Text);
    }

    internal SchemaFile File { get; }

    internal CompilationResult Result { get; }

    public bool Equals(CompiledSchema? other) => other is not null && File == other.File;

    public override bool Equals(object? obj) => Equals(obj as CompiledSchema);

    public override int GetHashCode() => File.GetHashCode();

    internal static CompiledSchema Of(SchemaFile file) => new(file);
}

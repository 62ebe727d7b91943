namespace OrderPlatform.SbeTool.Compiler.Diagnostics;

/// <summary>A place in the schema's text or in that of a file it includes.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1; the first character of the element's name, or of the attribute's name.</param>
/// <param name="File">The included file, as its path was found; null for the schema itself.</param>
public readonly record struct SourcePosition(int Line, int Column, string? File = null)
{
    /// <summary>The place in a sentence.</summary>
    public string Describe() => File is null ? $"line {Line}" : $"line {Line} of {File}";

    /// <summary>In the form that build tools and editors understand: <c>file(line,column)</c>.</summary>
    /// <param name="schemaFile">The schema's path as it shall be shown.</param>
    public string In(string schemaFile) => $"{File ?? schemaFile}({Line},{Column})";
}

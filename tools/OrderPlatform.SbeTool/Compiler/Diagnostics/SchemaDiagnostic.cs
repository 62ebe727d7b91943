namespace OrderPlatform.SbeTool.Compiler.Diagnostics;

/// <summary>One finding about a schema.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Position">Where.</param>
/// <param name="Message">What is wrong and what to do, in one line.</param>
public sealed record SchemaDiagnostic(Rule Rule, SourcePosition Position, string Message)
{
    /// <summary>In the form that build tools and editors understand: <c>file(line,column): error SBE0001: text</c>.</summary>
    /// <param name="file">The schema's path as it shall be shown.</param>
    public string Format(string file) =>
        $"{Position.In(file)}: {(Rule.IsError ? "error" : "warning")} {Rule.Id}: {Message}";
}

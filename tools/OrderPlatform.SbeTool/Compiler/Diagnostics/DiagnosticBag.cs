namespace OrderPlatform.SbeTool.Compiler.Diagnostics;

/// <summary>Collects the findings of one compilation.</summary>
public sealed class DiagnosticBag
{
    private readonly List<SchemaDiagnostic> _diagnostics = [];

    /// <summary>Whether code must not be generated.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a finding.</summary>
    public void Report(Rule rule, SourcePosition position, string message)
    {
        _diagnostics.Add(new SchemaDiagnostic(rule, position, message));
        HasErrors |= rule.IsError;
    }

    /// <summary>The findings in the order of the text, each once; those in included files come after, by the file's name.</summary>
    public IReadOnlyList<SchemaDiagnostic> InTextOrder() =>
    [
        .. _diagnostics.Distinct().OrderBy(static d => d.Position.File, StringComparer.Ordinal).ThenBy(static d => d.Position.Line)
            .ThenBy(static d => d.Position.Column).ThenBy(static d => d.Rule.Id, StringComparer.Ordinal),
    ];
}

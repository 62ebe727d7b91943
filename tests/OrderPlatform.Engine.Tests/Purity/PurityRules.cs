using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrderPlatform.Engine.Tests.Purity;

/// <summary>What no file of the engine may contain, found in its syntax: a second lock beside the analyser, which sees symbols and not keywords.</summary>
internal static class PurityRules
{
    private static readonly HashSet<string> Names =
    [
        "DateTime", "DateTimeOffset", "TimeProvider", "Random", "Guid", "Stopwatch", "Double", "Single", "Decimal", "Half", "Dictionary", "HashSet",
        "Task", "Thread", "Parallel", "Monitor", "Environment",
    ];

    private static readonly HashSet<SyntaxKind> Keywords =
    [
        SyntaxKind.DoubleKeyword, SyntaxKind.FloatKeyword, SyntaxKind.DecimalKeyword, SyntaxKind.AsyncKeyword, SyntaxKind.AwaitKeyword, SyntaxKind.LockKeyword,
        SyntaxKind.VolatileKeyword, SyntaxKind.UnsafeKeyword,
    ];

    /// <summary>The findings of a file, each as <c>file:line: what</c>.</summary>
    public static IEnumerable<string> Check(string file, string text)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, path: file);
        foreach (SyntaxToken token in tree.GetRoot().DescendantTokens())
        {
            if (Find(token) is { } what)
            {
                yield return $"{file}:{tree.GetLineSpan(token.Span).StartLinePosition.Line + 1}: {what}";
            }
        }
    }

    private static string? Find(SyntaxToken token) =>
        Keywords.Contains(token.Kind()) ? $"'{token.Text}'"
        : token.IsKind(SyntaxKind.NumericLiteralToken) && token.Value is double or float or decimal ? $"the literal {token.Text}"
        : token.IsKind(SyntaxKind.IdentifierToken) && Names.Contains(token.Text) ? $"'{token.Text}'"
        : token.IsKind(SyntaxKind.IdentifierToken) && token.Text == "Linq" && token.Parent?.Parent is QualifiedNameSyntax ? "'System.Linq'"
        : token.IsKind(SyntaxKind.ForEachKeyword) && OverHash(token.Parent) is { } collection ? $"foreach over {collection}"
        : null;

    private static bool IsHash(string declaration) =>
        declaration.Contains("Dictionary<", StringComparison.Ordinal) || declaration.Contains("HashSet<", StringComparison.Ordinal);

    /// <summary>A loop over what its name or type in the file says is a hash table: its order is nobody's.</summary>
    private static string? OverHash(SyntaxNode? loop)
    {
        if (loop is not CommonForEachStatementSyntax { Expression: { } over }
            || over.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault() is not { } last)
        {
            return null;
        }

        IEnumerable<SyntaxNode> declared = loop.SyntaxTree.GetRoot().DescendantNodes().OfType<VariableDeclarationSyntax>()
            .Where(variable => variable.Variables.Any(name => name.Identifier.Text == last.Identifier.Text));
        return declared.Select(variable => variable.ToString()).Any(IsHash)
            || last.Identifier.Text is "Keys" or "Values"
            ? over.ToString()
            : null;
    }
}

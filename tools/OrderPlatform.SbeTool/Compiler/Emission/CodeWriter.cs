using System.Text;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Text with indentation. Braces are lines of their own; documented members and blocks have an empty line before and behind them.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private string _previous = "";

    /// <summary>Writes one line; an empty one stays empty.</summary>
    internal void Line(string line = "")
    {
        if (IsApart(line))
        {
            _text.Append('\n');
        }

        if (line.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(line);
        }

        _text.Append('\n');
        _previous = line;
    }

    /// <summary>Writes a head and an opening brace; dispose the result to close it.</summary>
    internal Scope Block(string head)
    {
        Line(head);
        Line("{");
        _depth++;
        return new Scope(this);
    }

    /// <summary>A method that callers shall take in: its parts are constants there, and its struct lives in registers.</summary>
    internal Scope Inlined(string head)
    {
        Line("[__Inlined(__Inlining.AggressiveInlining)]");
        return Block(head);
    }

    /// <summary>Writes a doc comment; what schemas say is escaped.</summary>
    internal void Summary(string text) =>
        Line($"/// <summary>{text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace('\r', ' ').Replace('\n', ' ')}</summary>");

    /// <summary>Writes a schema's description, or what stands in for it.</summary>
    internal void Summary(Label label, string fallback)
    {
        string text = string.IsNullOrWhiteSpace(label.Description) ? fallback : label.Description!.Trim();
        Summary(label.DeprecatedSince is { } version ? $"{text.TrimEnd('.')}. Deprecated since version {version}." : text);
    }

    public override string ToString() => _text.ToString();

    private bool IsApart(string line)
    {
        if (line is "" or "}" or "};" || _previous is "" or "{")
        {
            return false;
        }

        bool endsBlock = _previous is "}" or "};" && !line.StartsWith("else", StringComparison.Ordinal) && !line.StartsWith("catch", StringComparison.Ordinal);
        return endsBlock || IsHead(line) && !IsHead(_previous);
    }

    /// <summary>Doc comments and attributes belong to what follows.</summary>
    private static bool IsHead(string line) => line.StartsWith("///", StringComparison.Ordinal) || line.StartsWith("[", StringComparison.Ordinal);

    internal readonly struct Scope(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}

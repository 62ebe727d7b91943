using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OrderPlatform.Host.Configuration;

/// <summary>Reads the text of a YAML (or JSON) file into its one document, within bounds of size and depth.</summary>
internal static class YamlText
{
    private const int LengthMaxBytes = 1 << 20;
    private const int DepthMax = 16;

    /// <summary>Reads a file; null if it has no document or more than one.</summary>
    /// <exception cref="ConfigurationException">It is missing, cannot be read, is too large, or is no YAML.</exception>
    public static YamlDocument? Read(string file)
    {
        return Parse(file, ReadAll(file));
    }

    /// <summary>Reads text; null if it has no document or more than one.</summary>
    /// <param name="file">What it is called in errors.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ConfigurationException">It is no YAML.</exception>
    public static YamlDocument? Parse(string file, string text)
    {
        CheckSyntax(file, text);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 1 ? stream.Documents[0] : null;
        }
        catch (YamlException e)
        {
            throw NotValid(file, e.Start.Line, e.Message);
        }
    }

    private static string ReadAll(string file)
    {
        if (!File.Exists(file))
        {
            string what = Directory.Exists(file) ? "is a folder: name a file in it" : "does not exist: check the path (it is relative to the current folder)";
            throw new ConfigurationException($"configuration {file} {what}");
        }

        try
        {
            return new FileInfo(file).Length <= LengthMaxBytes
                ? File.ReadAllText(file)
                : throw new ConfigurationException($"configuration {file} is larger than {LengthMaxBytes >> 20} MiB: name a strategy file, not market data");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"configuration {file} cannot be read: {e.Message.TrimEnd('.')}: check its permissions");
        }
    }

    // The tree is built by recursion, which no one can stop when the stack ends: so the events are counted first, which takes no stack.
    private static void CheckSyntax(string file, string text)
    {
        var parser = new Parser(new StringReader(text));
        long line = 1;
        try
        {
            for (int depth = 0; parser.MoveNext(); line = parser.Current!.End.Line)
            {
                depth += parser.Current!.NestingIncrease;
                if (depth > DepthMax)
                {
                    throw new ConfigurationException($"{file}, line {parser.Current.Start.Line}: nested deeper than {DepthMax} levels: a strategy file has 3");
                }
            }
        }
        catch (YamlException e)
        {
            throw NotValid(file, e.Start.Line, e.Message);
        }
        catch (InvalidOperationException)
        {
            // So the parser answers a bracket that is never closed.
            throw NotValid(file, line, "a bracket or quote that is opened here is not closed");
        }
    }

    private static ConfigurationException NotValid(string file, long line, string why) =>
        new($"{file}, line {line}: not valid YAML: {why.ReplaceLineEndings(" ").TrimEnd('.')}");
}

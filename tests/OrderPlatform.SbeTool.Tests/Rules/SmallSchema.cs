using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>A schema with the usual header, dimension and data types, and what a test adds.</summary>
internal static class SmallSchema
{
    /// <summary>Stands in texts before the element's or attribute's name at which a finding is expected.</summary>
    internal const char Mark = '§';

    private const string UsualHeader = """
        <type name="blockLength" primitiveType="uint16"/><type name="templateId" primitiveType="uint16"/>
            <type name="schemaId" primitiveType="uint16"/><type name="version" primitiveType="uint16"/>
        """;

    private const string Usual = """
          <composite name="groupSizeEncoding"><type name="blockLength" primitiveType="uint16"/><type name="numInGroup" primitiveType="uint16"/></composite>
          <composite name="text"><type name="length" primitiveType="uint16"/><type name="varData" primitiveType="uint8" length="0"/></composite>
        """;

    /// <summary>The text of a schema of version 3.</summary>
    internal static string Of(string types, string messages, string header = UsualHeader) => $"""
        <messageSchema package="small" id="1" version="3" xmlns:xi="http://www.w3.org/2001/XInclude">
        <types>
          <composite name="messageHeader">{header}</composite>
        {Usual}
        {types}
        </types>
        {messages}
        </messageSchema>
        """;

    /// <summary>One message with some content.</summary>
    internal static string Message(string content) => $"<message name=\"M\" id=\"1\">\n{content}\n</message>";

    /// <summary>Takes the mark out of a text and tells where it stood.</summary>
    internal static (string Text, int Line, int Column) Unmark(string text)
    {
        int at = text.IndexOf(Mark, StringComparison.Ordinal);
        string before = text[..at];
        return (text.Remove(at, 1), before.Count(static character => character == '\n') + 1, at - before.LastIndexOf('\n'));
    }

    internal static string Findings(CompilationResult result) => string.Join('\n', result.Diagnostics.Select(static finding => finding.Format("schema.xml")));

    /// <summary>A schema that must have no errors and just these warnings, and whose code C# must take.</summary>
    internal static CompilationResult Accepted(string schema, params Rule[] warnings)
    {
        CompilationResult result = SchemaCompiler.Compile(schema);
        Assert.That(result.Layout, Is.Not.Null, () => Findings(result));
        Assert.That(result.Diagnostics.Select(static finding => finding.Rule).Distinct(), Is.EquivalentTo(warnings), () => Findings(result));
        Assert.That(GeneratedCode.Errors(result), Is.Empty);
        return result;
    }
}

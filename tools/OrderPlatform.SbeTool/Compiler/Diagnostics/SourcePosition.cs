namespace OrderPlatform.SbeTool.Compiler.Diagnostics;

/// <summary>A place in the schema's text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1; the first character of the element's name, or of the attribute's name.</param>
public readonly record struct SourcePosition(int Line, int Column);

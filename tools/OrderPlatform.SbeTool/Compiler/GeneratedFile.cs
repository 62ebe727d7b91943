namespace OrderPlatform.SbeTool.Compiler;

/// <summary>One C# file.</summary>
/// <param name="Name">File name, unique within its schema.</param>
/// <param name="Text">The whole text.</param>
public sealed record GeneratedFile(string Name, string Text);

namespace OrderPlatform.SbeTool.Compiler.Diagnostics;

/// <summary>A rule that schemas must keep. The catalogue is <see cref="Rules"/>.</summary>
/// <param name="Id">SBE and four digits; never reused.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="IsError">Whether code can be generated in spite of it.</param>
public sealed record Rule(string Id, string Title, bool IsError = true);

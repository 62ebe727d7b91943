namespace OrderPlatform.SbeTool.Compiler.Model;

/// <summary>Whether a value is on the wire, and whether it may be null.</summary>
public enum Presence
{
    Required,
    Optional,
    Constant,
}

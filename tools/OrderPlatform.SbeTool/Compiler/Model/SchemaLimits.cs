namespace OrderPlatform.SbeTool.Compiler.Model;

/// <summary>Bounds of a schema, so that no text, however written, takes the compiler's host down. All are far beyond real schemas.</summary>
public static class SchemaLimits
{
    /// <summary>Bytes of a block, a composite or an array.</summary>
    public const int BlockBytesMax = 1 << 20;

    /// <summary>Elements around an element, and composites around a composite.</summary>
    public const int DepthMax = 64;

    /// <summary>Members of a composite, those of inner composites included.</summary>
    public const int MembersMax = 1 << 16;
}

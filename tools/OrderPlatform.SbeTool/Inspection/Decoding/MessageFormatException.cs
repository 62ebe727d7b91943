namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>Bytes that are no message of the schema. The only exception of <see cref="DynamicDecoder"/>.</summary>
public sealed class MessageFormatException : Exception
{
    internal MessageFormatException(int offset, string reason)
        : base($"offset {offset}: {reason}")
    {
        Offset = offset;
        Reason = reason;
    }

    /// <summary>Where in the bytes that were given, from 0: the number that lies, or the first byte that is missing.</summary>
    public int Offset { get; }

    /// <summary>What is wrong, in one line.</summary>
    public string Reason { get; }
}

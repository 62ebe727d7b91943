using System.Text.Json.Nodes;
using OrderPlatform.Sbe;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>What a driver that was generated beside a schema's codecs offers: values as JSON in the form of the golden vectors.</summary>
public interface ICodecDriver
{
    /// <summary>Writes header and message; what the input leaves out stays as the wrap left it.</summary>
    /// <returns>The encoded length in bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The schema has no message of this name.</exception>
    int Encode(string message, JsonObject input, Span<byte> buffer);

    /// <summary>Reads everything of a message, constants included.</summary>
    /// <param name="messageWithHeader">The bytes, which may be more than the message.</param>
    /// <param name="consumed">Bytes up to the end of what this version knows, header included.</param>
    /// <exception cref="SbeException">The bytes are malformed.</exception>
    JsonObject Decode(ReadOnlySpan<byte> messageWithHeader, out int consumed);

    /// <summary>Reads every byte that a decoder offers, each way it offers it, and folds them into a number; allocates nothing unless it throws.</summary>
    /// <exception cref="SbeException">The bytes are malformed.</exception>
    long Walk(ReadOnlySpan<byte> messageWithHeader);

    /// <summary>The generated validator.</summary>
    MessageProblem Validate(ReadOnlySpan<byte> messageWithHeader);

    /// <summary>The generated dump.</summary>
    string Describe(ReadOnlySpan<byte> messageWithHeader);

    /// <summary>The generated JSON.</summary>
    /// <exception cref="SbeException">The bytes are malformed.</exception>
    string Json(ReadOnlySpan<byte> messageWithHeader);
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>
/// Writes the lines of an audit file. A line is one JSON object without spaces; its last member is <c>hash</c>: SHA-256, in hexadecimal, of the line's bytes
/// without that member, and <c>previous</c> right before it is the hash of the line before. So anybody with a SHA-256 can check it.
/// </summary>
/// <param name="output">Where the lines go.</param>
internal sealed class AuditChain(Stream output) : IDisposable
{
    /// <summary>What the first line names as the one before it.</summary>
    public static readonly string Origin = new('0', 64);

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    /// <summary>Lines written.</summary>
    public long Count { get; private set; }

    /// <summary>Hash of the last line.</summary>
    public string Head { get; private set; } = Origin;

    /// <summary>Writes a line.</summary>
    /// <param name="members">Writes its members, but for number, previous and hash.</param>
    public void Write(Action<Utf8JsonWriter> members)
    {
        _line.ResetWrittenCount();
        _json.Reset(_line);
        _json.WriteStartObject();
        _json.WriteNumber("n", Count);
        members(_json);
        _json.WriteString("previous", Head);
        _json.WriteEndObject();
        _json.Flush();
        Head = HashOf(_line.WrittenSpan);
        output.Write(_line.WrittenSpan[..^1]);
        output.Write(Encoding.ASCII.GetBytes($",\"hash\":\"{Head}\"}}\n"));
        Count++;
    }

    /// <summary>Hash of a line without its hash.</summary>
    public static string HashOf(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();
}

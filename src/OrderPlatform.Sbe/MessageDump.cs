using System.Text;

namespace OrderPlatform.Sbe;

/// <summary>What generated decoders tell of a message, for people; it allocates. One walk serves every form: text and JSON.</summary>
public abstract class MessageDump
{
    /// <summary>A number.</summary>
    public abstract void OnNumber<T>(string name, T value)
        where T : IFormattable;

    /// <summary>A single char, as its byte.</summary>
    public abstract void OnChar(string name, byte value);

    /// <summary>An enum's value, declared or not.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="isPresent">False if it is optional and null.</param>
    public abstract void OnEnum<T>(string name, T value, bool isPresent)
        where T : struct, Enum;

    /// <summary>A set.</summary>
    /// <param name="name">The field.</param>
    /// <param name="bits">Its bits.</param>
    /// <param name="names">The choices' names at the index of their bit; null where there is none.</param>
    public abstract void OnSet(string name, ulong bits, ReadOnlySpan<string?> names);

    /// <summary>Text of a char array or constant.</summary>
    public abstract void OnText(string name, ReadOnlySpan<byte> value, TextEncoding encoding);

    /// <summary>Variable data; raw without an encoding.</summary>
    public abstract void OnData(string name, ReadOnlySpan<byte> value, TextEncoding? encoding);

    /// <summary>A value that is null, or that the writer did not know.</summary>
    public abstract void OnNull(string name);

    /// <summary>A numeric array begins; <see cref="OnElement"/> follows for each.</summary>
    public abstract void BeginArray(string name);

    /// <summary>An element of an array.</summary>
    public abstract void OnElement<T>(T value)
        where T : IFormattable;

    /// <summary>The array ends.</summary>
    public abstract void EndArray();

    /// <summary>A composite begins; its members follow.</summary>
    public abstract void BeginComposite(string name);

    /// <summary>The composite ends.</summary>
    public abstract void EndComposite();

    /// <summary>A group begins.</summary>
    public abstract void BeginGroup(string name);

    /// <summary>An entry of a group begins; its members follow.</summary>
    public abstract void BeginEntry();

    /// <summary>The entry ends.</summary>
    public abstract void EndEntry();

    /// <summary>The group ends.</summary>
    public abstract void EndGroup();

    /// <summary>The characters of some bytes. ASCII is read as Latin-1, so that a byte above it shows as what it is; so is text in an encoding of which only the bytes are known.</summary>
    protected static string Decode(ReadOnlySpan<byte> value, TextEncoding encoding) =>
        (encoding == TextEncoding.Utf8 ? Encoding.UTF8 : Encoding.Latin1).GetString(value);
}

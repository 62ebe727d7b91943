using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>Receives the content of a message in the order of the wire. Spans are valid during the call only.</summary>
public interface IMessageSink
{
    /// <summary>A message begins.</summary>
    void BeginMessage(MessageLayout message, ActingHeader header);

    /// <summary>The message is complete.</summary>
    /// <param name="message">The message.</param>
    /// <param name="lengthBytes">Bytes from the header to the last part that this schema knows.</param>
    void EndMessage(MessageLayout message, int lengthBytes);

    /// <summary>A number or a single char, constant ones too.</summary>
    void OnNumber(MemberLayout field, PrimitiveType primitive, WireValue value, bool isNull);

    /// <summary>A fixed array of numbers.</summary>
    void OnArray(MemberLayout field, PrimitiveType primitive, ReadOnlySpan<WireValue> values);

    /// <summary>A char array up to its first NUL.</summary>
    void OnText(MemberLayout field, ReadOnlySpan<byte> text, string? encoding);

    /// <summary>An enum's value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">As on the wire.</param>
    /// <param name="name">Its name, <c>NULL_VALUE</c>, or null if the schema declares none.</param>
    void OnEnum(MemberLayout field, WireValue value, string? name);

    /// <summary>A set's bits.</summary>
    void OnSet(MemberLayout field, SetLayout choices, ulong bits);

    /// <summary>The members of a composite follow.</summary>
    void BeginComposite(MemberLayout field, CompositeLayout composite);

    /// <summary>The composite is complete.</summary>
    void EndComposite(MemberLayout field);

    /// <summary>A field or composite member that the writer's version did not know.</summary>
    void OnAbsent(MemberLayout field);

    /// <summary>A group begins; an absent one has no entries.</summary>
    /// <param name="group">The group.</param>
    /// <param name="count">How many entries.</param>
    /// <param name="isAbsent">Whether the writer's version did not know the group.</param>
    void BeginGroup(GroupLayout group, int count, bool isAbsent);

    /// <summary>An entry's fields follow.</summary>
    void BeginEntry(GroupLayout group, int index);

    /// <summary>The entry is complete.</summary>
    void EndEntry(GroupLayout group);

    /// <summary>The group is complete; called for absent groups too.</summary>
    void EndGroup(GroupLayout group);

    /// <summary>Variable data.</summary>
    /// <param name="data">The element.</param>
    /// <param name="bytes">Without the length.</param>
    /// <param name="isAbsent">Whether the writer's version did not know the element.</param>
    void OnData(DataLayout data, ReadOnlySpan<byte> bytes, bool isAbsent);
}

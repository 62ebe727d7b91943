using System.Text.Unicode;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Sbe;

namespace OrderPlatform.Runtime.Doors;

/// <summary>What a check says: nothing, or a reason with the two numbers that its text needs. No text is made before somebody is told.</summary>
/// <param name="Reason">None where nothing is wrong.</param>
/// <param name="First">Depends on the reason.</param>
/// <param name="Second">Depends on the reason.</param>
internal readonly record struct Verdict(DoorReason Reason, ulong First = 0, ulong Second = 0)
{
    /// <summary>The longest text: what varText holds.</summary>
    public const int TextLengthMax = 160;

    /// <summary>Nothing is wrong.</summary>
    public bool IsGood => Reason == DoorReason.None;

    /// <summary>Writes what is wrong and what to do, in UTF-8; allocates nothing.</summary>
    /// <param name="text">Room for <see cref="TextLengthMax"/> bytes.</param>
    /// <returns>The length.</returns>
    public int Write(Span<byte> text)
    {
        text = text[..TextLengthMax];
        int length = 0;
        bool fits = Reason switch
        {
            DoorReason.Malformed => Utf8.TryWrite(text, $"a message of template {First} is malformed ({NameOf((MessageProblem)Second)}): encode it with schema {MessagesSchema.SchemaId}, version {MessagesSchema.Version}", out length),
            DoorReason.UnknownTemplate => Utf8.TryWrite(text, $"template {First} is not of this schema", out length),
            DoorReason.WrongSchema => Utf8.TryWrite(text, $"schema {First}, version {Second}: here it is schema {MessagesSchema.SchemaId}, version {MessagesSchema.Version}", out length),
            DoorReason.TooLarge => Utf8.TryWrite(text, $"{First} bytes: at most {Second} fit", out length),
            DoorReason.NotAnInput => Utf8.TryWrite(text, $"template {First} may not be sent on stream {Second}", out length),
            DoorReason.UnknownPublisher => Utf8.TryWrite(text, $"publisher {First} is not configured", out length),
            DoorReason.NotConnected => Utf8.TryWrite(text, $"a session begins with a PublisherHello (template {PublisherHelloDecoder.TemplateId})", out length),
            DoorReason.WrongSource when Second != 0 => Utf8.TryWrite(text, $"publisher {First} may not speak in the session of publisher {Second}", out length),
            DoorReason.WrongSource => Utf8.TryWrite(text, $"publisher {First} may not speak from this address", out length),
            DoorReason.BadToken => Utf8.TryWrite(text, $"the token is not that of publisher {First}: HMAC-SHA-256 of the message with zeros in its token", out length),
            DoorReason.ClientNotAllowed when Second != 0 => Utf8.TryWrite(text, $"what concerns more than one client needs a publisher for all clients", out length),
            DoorReason.ClientNotAllowed => Utf8.TryWrite(text, $"the publisher may not speak for client {First}", out length),
            DoorReason.KindNotAllowed => Utf8.TryWrite(text, $"publisher {First} may not send on stream {Second}", out length),
            DoorReason.UnknownClient when Second != 0 => Utf8.TryWrite(text, $"account {Second} is not known", out length),
            DoorReason.UnknownClient => Utf8.TryWrite(text, $"client {First} is not known", out length),
            DoorReason.UnknownInstrument => Utf8.TryWrite(text, $"instrument {First} is not known", out length),
            DoorReason.UnknownStrategy when Second != 0 => Utf8.TryWrite(text, $"strategy {First} is not of client {Second}", out length),
            DoorReason.UnknownStrategy => Utf8.TryWrite(text, $"strategy {First} is not known", out length),
            DoorReason.NumberGap => Utf8.TryWrite(text, $"number {First} came where {Second} is expected", out length),
            DoorReason.ProtocolVersion => Utf8.TryWrite(text, $"protocol version {First}: here it is {Second}", out length),
            DoorReason.AlreadyConnected => Utf8.TryWrite(text, $"publisher {First} has another session on this stream, {(int)Second}", out length),
            DoorReason.Stopping => Utf8.TryWrite(text, $"the engine ends: connect again later", out length),
            DoorReason.TooMany => Utf8.TryWrite(text, $"{First} sessions are connected, which is all there is room for", out length),
            _ => true,
        };
        return fits ? length : 0;
    }

    /// <summary>The text, for the few places where one is kept.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[TextLengthMax];
        return System.Text.Encoding.UTF8.GetString(text[..Write(text)]);
    }

    /// <summary>What is wrong with a message that the validator refuses.</summary>
    public static Verdict Of(MessageProblem problem, in MessageHeader header) => problem switch
    {
        MessageProblem.WrongSchema or MessageProblem.UnsupportedVersion => new Verdict(DoorReason.WrongSchema, header.SchemaId, header.Version),
        MessageProblem.UnknownTemplate => new Verdict(DoorReason.UnknownTemplate, header.TemplateId),
        _ => new Verdict(DoorReason.Malformed, header.TemplateId, (ulong)problem),
    };

    /// <summary>A message that is too long for a slot.</summary>
    public static Verdict TooLarge(int length) => new(DoorReason.TooLarge, (ulong)length, InputSlot.PayloadLengthMax);

    private static ReadOnlySpan<byte> NameOf(MessageProblem problem) => problem switch
    {
        MessageProblem.TooShort => "shorter than a header"u8,
        MessageProblem.BlockTooShort => "its block is too short"u8,
        MessageProblem.BlockOutsideBuffer => "it ends within its block"u8,
        MessageProblem.EnumOutOfRange => "an enum has no such value"u8,
        MessageProblem.GroupCountOutOfRange => "a group has too many entries"u8,
        MessageProblem.GroupOutsideBuffer => "it ends within a group"u8,
        MessageProblem.DataTooLong => "a text or message in it is too long"u8,
        MessageProblem.DataOutsideBuffer => "it ends within a text or message"u8,
        _ => "a field is out of range"u8,
    };
}

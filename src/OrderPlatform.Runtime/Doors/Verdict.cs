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
    public int Write(Span<byte> text) => Reason switch
    {
        DoorReason.Malformed => new DetailText(text).Add("a message of template "u8).Add(First).Add(" is malformed ("u8)
            .Add(NameOf((MessageProblem)Second)).Add("): encode it with schema "u8).Add(MessagesSchema.SchemaId).Add(", version "u8)
            .Add(MessagesSchema.Version).Length,
        DoorReason.UnknownTemplate => new DetailText(text).Add("template "u8).Add(First).Add(" is not of this schema"u8).Length,
        DoorReason.WrongSchema => new DetailText(text).Add("schema "u8).Add(First).Add(", version "u8).Add(Second).Add(": here it is schema "u8)
            .Add(MessagesSchema.SchemaId).Add(", version "u8).Add(MessagesSchema.Version).Length,
        DoorReason.TooLarge => new DetailText(text).Add(First).Add(" bytes: at most "u8).Add(Second).Add(" fit"u8).Length,
        DoorReason.NotAnInput => new DetailText(text).Add("template "u8).Add(First).Add(" may not be sent on stream "u8).Add(Second).Length,
        DoorReason.UnknownPublisher => new DetailText(text).Add("publisher "u8).Add(First).Add(" is not configured"u8).Length,
        DoorReason.NotConnected => new DetailText(text).Add("a session begins with a PublisherHello (template "u8)
            .Add(PublisherHelloDecoder.TemplateId).Add(")"u8).Length,
        DoorReason.WrongSource when Second != 0 => new DetailText(text).Add("publisher "u8).Add(First)
            .Add(" may not speak in the session of publisher "u8).Add(Second).Length,
        DoorReason.WrongSource => new DetailText(text).Add("publisher "u8).Add(First).Add(" may not speak from this address"u8).Length,
        DoorReason.BadToken => new DetailText(text).Add("the token is not that of publisher "u8).Add(First)
            .Add(": HMAC-SHA-256 of the message with zeros in its token"u8).Length,
        DoorReason.ClientNotAllowed when Second != 0 => new DetailText(text)
            .Add("what concerns more than one client needs a publisher for all clients"u8).Length,
        DoorReason.ClientNotAllowed => new DetailText(text).Add("the publisher may not speak for client "u8).Add(First).Length,
        DoorReason.KindNotAllowed => new DetailText(text).Add("publisher "u8).Add(First).Add(" may not send on stream "u8).Add(Second).Length,
        DoorReason.UnknownClient when Second != 0 => new DetailText(text).Add("account "u8).Add(Second).Add(" is not known"u8).Length,
        DoorReason.UnknownClient => new DetailText(text).Add("client "u8).Add(First).Add(" is not known"u8).Length,
        DoorReason.UnknownInstrument => new DetailText(text).Add("instrument "u8).Add(First).Add(" is not known"u8).Length,
        DoorReason.UnknownStrategy when Second != 0 => new DetailText(text).Add("strategy "u8).Add(First).Add(" is not of client "u8).Add(Second).Length,
        DoorReason.UnknownStrategy => new DetailText(text).Add("strategy "u8).Add(First).Add(" is not known"u8).Length,
        DoorReason.NumberGap => new DetailText(text).Add("number "u8).Add(First).Add(" came where "u8).Add(Second).Add(" is expected"u8).Length,
        DoorReason.ProtocolVersion => new DetailText(text).Add("protocol version "u8).Add(First).Add(": here it is "u8).Add(Second).Length,
        DoorReason.AlreadyConnected => new DetailText(text).Add("publisher "u8).Add(First).Add(" has another session on this stream, "u8)
            .Add((int)Second).Length,
        DoorReason.Stopping => new DetailText(text).Add("the engine ends: connect again later"u8).Length,
        DoorReason.TooMany => new DetailText(text).Add(First).Add(" sessions are connected, which is all there is room for"u8).Length,
        _ => 0,
    };

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

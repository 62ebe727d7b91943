using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Minimising.Redaction;

// What people did, with their names and words.
internal sealed partial class MessageRedaction
{
    private byte[] Redact(OperatorCommandDecoder d)
    {
        string reason = ReasonOf(ref d);
        byte[] copy = new byte[OperatorCommandEncoder.MinEncodedLength + reason.Length];
        var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(copy);
        e.Action = d.Action;
        e.Scope = d.Scope;
        e.ScopeId = Scoped(d.Scope, d.ScopeId);
        e.SetOperatorName(Name(RedactedKind.Operator, d.OperatorName));
        e.SetReason(reason);
        return copy;
    }

    private byte[] Redact(OperatorLimitDecoder d, ReadOnlySpan<byte> block)
    {
        string reason = ReasonOf(ref d);
        byte[] copy = new byte[OperatorLimitEncoder.MinEncodedLength + reason.Length];
        var e = OperatorLimitEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..OperatorLimitEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.ScopeId = Scoped(d.Scope, d.ScopeId);
        e.SetOperatorName(Name(RedactedKind.Operator, d.OperatorName));
        e.SetReason(reason);
        return copy;
    }

    private byte[] Redact(OperatorOrderDecoder d, ReadOnlySpan<byte> block)
    {
        string reason = ReasonOf(ref d);
        byte[] copy = new byte[OperatorOrderEncoder.MinEncodedLength + reason.Length];
        var e = OperatorOrderEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..OperatorOrderEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.SetOperatorName(Name(RedactedKind.Operator, d.OperatorName));
        e.SetReason(reason);
        return copy;
    }

    private string ReasonOf(ref OperatorCommandDecoder d) => TryRead(ref d, static (ref OperatorCommandDecoder it) => it.GetReason());

    private string ReasonOf(ref OperatorLimitDecoder d) => TryRead(ref d, static (ref OperatorLimitDecoder it) => it.GetReason());

    private string ReasonOf(ref OperatorOrderDecoder d) => TryRead(ref d, static (ref OperatorOrderDecoder it) => it.GetReason());

    // A reason whose length is wrong is none.
    private string TryRead<T>(ref T message, TextOf<T> read)
        where T : struct, allows ref struct
    {
        try
        {
            return Name(RedactedKind.Reason, read(ref message));
        }
        catch (Sbe.SbeException)
        {
            return "";
        }
    }

    private delegate ReadOnlySpan<byte> TextOf<T>(ref T message)
        where T : struct, allows ref struct;
}

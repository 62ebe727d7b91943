using System.Text;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Operating;

/// <summary>Who commands, and why: both are in the journal.</summary>
/// <param name="Name">1 to 32 printable ASCII characters.</param>
/// <param name="Reason">1 to 160 bytes of UTF-8 without control characters.</param>
public sealed record OperatorWord(string Name, string Reason)
{
    private const int NameMax = 32;
    private const int ReasonMax = 160;

    /// <summary>Why it cannot be, with the remedy, or null.</summary>
    public string? Problem =>
        Name.Length is 0 or > NameMax || Name.Any(static letter => letter is <= ' ' or > '~')
            ? $"an operator's name has 1 to {NameMax} ASCII characters without blanks: '{Name}' has not"
        : string.IsNullOrWhiteSpace(Reason) ? "a reason is missing: say why, it goes into the journal"
        : Encoding.UTF8.GetByteCount(Reason) > ReasonMax ? $"a reason has at most {ReasonMax} bytes, this one has {Encoding.UTF8.GetByteCount(Reason)}: shorten it"
        : Reason.Any(char.IsControl) ? "a reason has no control characters: write one line"
        : null;
}

/// <summary>The inputs that an operator may put in.</summary>
public static class OperatorMessages
{
    /// <summary>Halt, resume, reduce, flatten, cancel all and the like.</summary>
    /// <param name="action">What.</param>
    /// <param name="scope">Of what.</param>
    /// <param name="scopeId">Which one; 0 with the shard.</param>
    /// <param name="word">Who and why.</param>
    public static byte[] Command(OperatorAction action, Scope scope, uint scopeId, OperatorWord word)
    {
        Span<byte> buffer = stackalloc byte[InputSlot.PayloadLengthMax];
        var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.Action = action;
        e.Scope = scope;
        e.ScopeId = scopeId;
        e.SetOperatorName(word.Name);
        e.SetReason(word.Reason);
        return buffer[..e.EncodedLengthSoFar].ToArray();
    }

    /// <summary>One limit.</summary>
    /// <param name="scope">Client or Strategy.</param>
    /// <param name="scopeId">Which one.</param>
    /// <param name="limit">Which limit.</param>
    /// <param name="raw">Times 1e8, a count, nanoseconds, 0 or 1; null is not limited.</param>
    /// <param name="word">Who and why.</param>
    public static byte[] Limit(Scope scope, uint scopeId, LimitKind limit, long? raw, OperatorWord word)
    {
        Span<byte> buffer = stackalloc byte[InputSlot.PayloadLengthMax];
        var e = OperatorLimitEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.Scope = scope;
        e.ScopeId = scopeId;
        e.Limit = limit;
        e.Value = raw ?? OperatorLimitDecoder.ValueNullValue;
        e.SetOperatorName(word.Name);
        e.SetReason(word.Reason);
        return buffer[..e.EncodedLengthSoFar].ToArray();
    }

    /// <summary>The end of one order.</summary>
    public static byte[] Cancel(ulong clientOrderId, OperatorWord word) => Order(OperatorOrderAction.Cancel, clientOrderId, VenueOrderState.NULL_VALUE, null, null, word);

    /// <summary>What became of an order in doubt.</summary>
    /// <param name="clientOrderId">The order.</param>
    /// <param name="state">NotKnown, Working or Ended.</param>
    /// <param name="cumulative">Executed in all, times 1e8; null is what is booked.</param>
    /// <param name="averagePrice">Of all fills, times 1e8; needed where more was executed than is booked.</param>
    /// <param name="word">Who and why.</param>
    public static byte[] Resolve(ulong clientOrderId, VenueOrderState state, long? cumulative, long? averagePrice, OperatorWord word) =>
        Order(OperatorOrderAction.Resolve, clientOrderId, state, cumulative, averagePrice, word);

    private static byte[] Order(OperatorOrderAction action, ulong clientOrderId, VenueOrderState state, long? cumulative, long? averagePrice, OperatorWord word)
    {
        Span<byte> buffer = stackalloc byte[InputSlot.PayloadLengthMax];
        var e = OperatorOrderEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.Action = action;
        e.ClientOrderId = clientOrderId;
        e.State = state;
        e.CumulativeQuantity = cumulative ?? OperatorOrderDecoder.CumulativeQuantityNullValue;
        e.AveragePrice = averagePrice ?? OperatorOrderDecoder.AveragePriceNullValue;
        e.SetOperatorName(word.Name);
        e.SetReason(word.Reason);
        return buffer[..e.EncodedLengthSoFar].ToArray();
    }
}

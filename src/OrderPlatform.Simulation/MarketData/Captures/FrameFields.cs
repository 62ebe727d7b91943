using System.Text.Json;

namespace OrderPlatform.Simulation.MarketData.Captures;

/// <summary>The fields of one trade or quote in a JSON frame, as slices of the line. Binance names them by a letter, OKX by a word.</summary>
internal ref struct FrameFields
{
    public ReadOnlySpan<byte> Event;
    public ReadOnlySpan<byte> Symbol;
    public ReadOnlySpan<byte> TradeId;
    public ReadOnlySpan<byte> Price;
    public ReadOnlySpan<byte> Quantity;
    public ReadOnlySpan<byte> ExecutionKind;
    public ReadOnlySpan<byte> Bid;
    public ReadOnlySpan<byte> BidQuantity;
    public ReadOnlySpan<byte> Ask;
    public ReadOnlySpan<byte> AskQuantity;
    public Aggressor Aggressor;

    /// <summary>A trade: Binance says so, OKX's has a side.</summary>
    public readonly bool IsTrade => Event.Length > 0 ? Event.SequenceEqual("trade"u8) : Aggressor != Aggressor.Unknown;

    /// <summary>Best bid and ask: Binance futures say so; Binance spot and OKX have no event name but both prices.</summary>
    public readonly bool IsQuote => Event.Length > 0 ? Event.SequenceEqual("bookTicker"u8) : Bid.Length > 0 && Ask.Length > 0;

    /// <summary>Takes over the value of a property if it is one of the fields; lists and objects are none.</summary>
    public void Take(ReadOnlySpan<byte> name, JsonTokenType type, ReadOnlySpan<byte> value)
    {
        if (type is JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.Null)
        {
            return;
        }

        if (name.Length == 1)
        {
            TakeBinance(name[0], type, value);
        }
        else
        {
            TakeOkx(name, value);
        }
    }

    private void TakeBinance(byte name, JsonTokenType type, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case (byte)'e': Event = value; break;
            case (byte)'s': Symbol = value; break;
            case (byte)'t': TradeId = value; break;
            case (byte)'p': Price = value; break;
            case (byte)'q': Quantity = value; break;
            case (byte)'X': ExecutionKind = value; break;
            case (byte)'b': Bid = value; break;
            case (byte)'B': BidQuantity = value; break;
            case (byte)'a': Ask = value; break;
            case (byte)'A': AskQuantity = value; break;
            case (byte)'m' when type is JsonTokenType.True or JsonTokenType.False:
                Aggressor = type == JsonTokenType.True ? Aggressor.Sell : Aggressor.Buy;
                break;
        }
    }

    private void TakeOkx(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("instId"u8))
        {
            Symbol = value;
        }
        else if (name.SequenceEqual("tradeId"u8))
        {
            TradeId = value;
        }
        else if (name.SequenceEqual("px"u8))
        {
            Price = value;
        }
        else if (name.SequenceEqual("sz"u8))
        {
            Quantity = value;
        }
        else if (name.SequenceEqual("side"u8))
        {
            Aggressor = value.SequenceEqual("buy"u8) ? Aggressor.Buy : value.SequenceEqual("sell"u8) ? Aggressor.Sell : Aggressor.Unknown;
        }
        else
        {
            TakeOkxQuote(name, value);
        }
    }

    private void TakeOkxQuote(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("bidPx"u8))
        {
            Bid = value;
        }
        else if (name.SequenceEqual("bidSz"u8))
        {
            BidQuantity = value;
        }
        else if (name.SequenceEqual("askPx"u8))
        {
            Ask = value;
        }
        else if (name.SequenceEqual("askSz"u8))
        {
            AskQuantity = value;
        }
    }
}

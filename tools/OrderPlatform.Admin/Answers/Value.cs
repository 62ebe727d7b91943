using System.Globalization;
using System.Text.Json;
using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Admin.Answers;

/// <summary>
/// One value of an answer. In JSON: text, decimals, 64-bit ids and times are strings (no reader rounds them), counts and sequences numbers, flags booleans, what
/// is not there null.
/// </summary>
internal readonly record struct Value
{
    private readonly string? _text;
    private readonly Kind _kind;

    private Value(Kind kind, string? text)
    {
        _kind = kind;
        _text = text;
    }

    private enum Kind : byte
    {
        None,
        Text,
        Number,
        Quoted,
        Flag,
    }

    /// <summary>Nothing: null, or a dash.</summary>
    public static Value None => default;

    /// <summary>Whether it stands at the right in a table.</summary>
    public bool IsNumeric => _kind is Kind.Number or Kind.Quoted;

    /// <summary>Words; null is nothing.</summary>
    public static Value Text(string? text) => text is null ? None : new Value(Kind.Text, text);

    /// <summary>A count, a sequence.</summary>
    public static Value Number(long number) => new(Kind.Number, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A price, a quantity, money, a ratio: times 1e8.</summary>
    public static Value Decimal(long raw) => new(Kind.Quoted, FixedPointText.Format(raw));

    /// <summary>The same, where the largest number means that there is none.</summary>
    public static Value Limit(long raw) => raw == long.MaxValue ? None : Decimal(raw);

    /// <summary>The same, where zero means that there is none.</summary>
    public static Value Known(long raw) => raw == 0 ? None : Decimal(raw);

    /// <summary>An id of 64 bits; zero is nothing.</summary>
    public static Value Id(ulong id) => id == 0 ? None : new Value(Kind.Quoted, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>A time in nanoseconds since the epoch; zero is nothing.</summary>
    public static Value Time(long nanos) => nanos == 0 ? None : new Value(Kind.Text, TimeText.Iso(nanos));

    /// <summary>Yes or no.</summary>
    public static Value Flag(bool flag) => new(Kind.Flag, flag ? "true" : "false");

    /// <summary>The name of one of a few.</summary>
    public static Value Enum<T>(T value)
        where T : struct, System.Enum => new(Kind.Text, value.ToString());

    /// <summary>As JSON.</summary>
    public void Write(Utf8JsonWriter json)
    {
        switch (_kind)
        {
            case Kind.None:
                json.WriteNullValue();
                break;
            case Kind.Number or Kind.Flag:
                json.WriteRawValue(_text!);
                break;
            default:
                json.WriteStringValue(_text);
                break;
        }
    }

    /// <summary>As people read it.</summary>
    public override string ToString() => _kind switch
    {
        Kind.None => "-",
        Kind.Flag => _text == "true" ? "yes" : "no",
        _ => _text!,
    };
}

using System.Globalization;
using System.Numerics;
using System.Text;
using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>
/// The content of a message in the platform's own words: prices, quantities, money and ratios as decimals with all their digits, times as ISO 8601, ids as they
/// are, what is
/// null as null. Where it goes is a subclass's affair.
/// </summary>
internal abstract class FieldSink : IMessageSink
{
    /// <inheritdoc/>
    public virtual void BeginMessage(MessageLayout message, ActingHeader header)
    {
    }

    /// <inheritdoc/>
    public virtual void EndMessage(MessageLayout message, int lengthBytes)
    {
    }

    /// <inheritdoc/>
    public void OnNumber(MemberLayout field, PrimitiveType primitive, WireValue value, bool isNull) => Number(field.Label.Name, field.Type.Label.Name,
        primitive, value, isNull);

    /// <inheritdoc/>
    public void OnArray(MemberLayout field, PrimitiveType primitive, ReadOnlySpan<WireValue> values)
    {
        if (field.Type.Label.Name == "Token")
        {
            Value(field.Label.Name, "(secret)", isQuoted: true);
            return;
        }

        BeginList(field.Label.Name);
        foreach (WireValue value in values)
        {
            Number(null, field.Type.Label.Name, primitive, value, isNull: false);
        }

        EndList();
    }

    /// <inheritdoc/>
    public void OnText(MemberLayout field, ReadOnlySpan<byte> text, string? encoding) => Value(field.Label.Name, Encoding.UTF8.GetString(text), isQuoted: true);

    /// <inheritdoc/>
    public void OnEnum(MemberLayout field, WireValue value, string? name) =>
        Value(field.Label.Name, name == "NULL_VALUE" ? null : name ?? value.Integer.ToString(CultureInfo.InvariantCulture), isQuoted: name is not null);

    /// <inheritdoc/>
    public void OnSet(MemberLayout field, SetLayout choices, ulong bits)
    {
        BeginList(field.Label.Name);
        for (ulong rest = bits; rest != 0; rest &= rest - 1)
        {
            int bit = BitOperations.TrailingZeroCount(rest);
            Value(null, NameOf(choices, bit), isQuoted: true);
        }

        EndList();
    }

    /// <inheritdoc/>
    public void BeginComposite(MemberLayout field, CompositeLayout composite) => BeginObject(field.Label.Name);

    /// <inheritdoc/>
    public void EndComposite(MemberLayout field) => EndObject();

    /// <inheritdoc/>
    public void OnAbsent(MemberLayout field) => Value(field.Label.Name, null, isQuoted: false);

    /// <inheritdoc/>
    public void BeginGroup(GroupLayout group, int count, bool isAbsent) => BeginList(group.Label.Name);

    /// <inheritdoc/>
    public void BeginEntry(GroupLayout group, int index) => BeginObject(null);

    /// <inheritdoc/>
    public void EndEntry(GroupLayout group) => EndObject();

    /// <inheritdoc/>
    public void EndGroup(GroupLayout group) => EndList();

    /// <inheritdoc/>
    public void OnData(DataLayout data, ReadOnlySpan<byte> bytes, bool isAbsent) =>
        Value(data.Label.Name, isAbsent ? null : data.Encoding is null ? Convert.ToHexStringLower(bytes) : Encoding.UTF8.GetString(bytes), isQuoted: true);

    /// <summary>Whether numbers of a type of the schema are times 1e8.</summary>
    public static bool IsDecimal(string type) =>
        type is "Price" or "Quantity" or "Money" or "Ratio" or "MinutePrices" or "CloseReturns" or "TrueRanges" or "HourVolumes";

    /// <summary>A value.</summary>
    /// <param name="name">Its field; null inside a list.</param>
    /// <param name="text">The value; null for none.</param>
    /// <param name="isQuoted">Whether it is a string in JSON.</param>
    protected abstract void Value(string? name, string? text, bool isQuoted);

    /// <summary>Values or objects follow.</summary>
    protected abstract void BeginList(string name);

    /// <summary>The list is complete.</summary>
    protected abstract void EndList();

    /// <summary>Fields of an entry, or of a composite, follow.</summary>
    protected abstract void BeginObject(string? name);

    /// <summary>The object is complete.</summary>
    protected abstract void EndObject();

    private void Number(string? name, string type, PrimitiveType primitive, WireValue value, bool isNull)
    {
        if (isNull)
        {
            Value(name, null, isQuoted: false);
            return;
        }

        switch (type)
        {
            case var _ when IsDecimal(type):
                Value(name, FixedPointText.Format((long)value.Integer), isQuoted: true);
                break;
            case "Nanos":
                Value(name, TimeText.Iso((long)value.Integer), isQuoted: true);
                break;
            default:
                // No reader of JSON may round an id or a digest.
                Value(name, value.IsReal ? value.Real.ToString(CultureInfo.InvariantCulture) : value.Integer.ToString(CultureInfo.InvariantCulture),
                    isQuoted: primitive == PrimitiveType.UInt64);
                break;
        }
    }

    private static string NameOf(SetLayout choices, int bit)
    {
        foreach (NamedValue choice in choices.Choices)
        {
            if (choice.Value.Integer == bit)
            {
                return choice.Label.Name;
            }
        }

        return $"bit {bit}";
    }
}

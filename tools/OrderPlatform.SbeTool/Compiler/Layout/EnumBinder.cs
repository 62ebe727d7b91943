using System.Globalization;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Turns enum and set elements into layouts: encoding, values, ranges.</summary>
internal sealed class EnumBinder(DiagnosticBag diagnostics, Func<string, TypeLayout?> resolve)
{
    /// <summary>The name of the member that every enum gets for its null value.</summary>
    internal const string NullName = "NULL_VALUE";

    internal EnumLayout Bind(EnumDefinition definition)
    {
        string owner = $"enum {definition.Label.Name}";
        ScalarLayout encoding = EncodingOf(definition.EncodingType, definition.Label, owner, "char uint8 int8 int16 uint16 int32");
        if (encoding.Primitive.IsReal)
        {
            diagnostics.Report(Rules.BadEncodingType, definition.Label.Position, $"{owner}: {encoding.Primitive.Name} cannot encode an enum");
        }

        WireValue nullValue = encoding.Null;
        if (definition.NullText is { } nullText)
        {
            nullValue = Parse(encoding, nullText, definition.Label, owner) ?? nullValue;
        }

        var values = new List<NamedValue>();
        foreach (ValueDefinition value in definition.Values)
        {
            if (Parse(encoding, value.Text, value.Label, $"{owner}, {value.Label.Name}") is { } number)
            {
                CheckRange(encoding, nullValue, number, value.Label, owner);
                values.Add(new NamedValue(value.Label, number));
            }
        }

        CheckDuplicates(values, owner);
        return new EnumLayout(definition.Label, definition.SemanticType, encoding.Primitive, nullValue, values, definition.Presence);
    }

    internal SetLayout Bind(SetDefinition definition)
    {
        string owner = $"set {definition.Label.Name}";
        ScalarLayout encoding = EncodingOf(definition.EncodingType, definition.Label, owner, "uint8 uint16 uint32 uint64");
        if (!encoding.Primitive.IsUnsigned)
        {
            diagnostics.Report(Rules.BadEncodingType, definition.Label.Position, $"{owner}: a set needs an unsigned encoding, not {encoding.Primitive.Name}");
        }

        var choices = new List<NamedValue>();
        int bits = encoding.Primitive.SizeBytes * 8;
        foreach (ValueDefinition choice in definition.Choices)
        {
            if (int.TryParse(choice.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int bit) && bit < bits)
            {
                choices.Add(new NamedValue(choice.Label, WireValue.Of((decimal)bit)));
            }
            else
            {
                diagnostics.Report(
                    Rules.BadChoice, choice.Label.Position, $"{owner}: {choice.Label.Name} must be a bit from 0 to {bits - 1}, not '{choice.Text}'");
            }
        }

        CheckDuplicates(choices, owner);
        return new SetLayout(definition.Label, definition.SemanticType, encoding.Primitive, choices);
    }

    private ScalarLayout EncodingOf(string name, Label label, string owner, string direct)
    {
        if (PrimitiveType.Find(name) is { } primitive)
        {
            if (!direct.Split(' ').Contains(name))
            {
                diagnostics.Report(
                    Rules.BadEncodingType, label.Position,
                    $"{owner}: encodingType '{name}' needs a type of its own; allowed directly are {direct}");
            }

            return ScalarBinder.OfPrimitive(primitive);
        }

        if (resolve(name) is ScalarLayout { Count: 1, Constant: null } alias)
        {
            return alias;
        }

        if (name.Length > 0)
        {
            diagnostics.Report(Rules.BadEncodingType, label.Position, $"{owner}: encodingType '{name}' is no primitive and no type of length 1");
        }

        return ScalarBinder.OfPrimitive(PrimitiveType.UInt8);
    }

    private WireValue? Parse(ScalarLayout encoding, string text, Label label, string owner)
    {
        WireValue? value = WireValue.Parse(encoding.Primitive, text);
        if (value is null)
        {
            diagnostics.Report(Rules.EnumValueOutOfRange, label.Position, $"{owner}: '{text}' is no {encoding.Primitive.Name}");
        }

        return value;
    }

    private void CheckRange(ScalarLayout encoding, WireValue nullValue, WireValue value, Label label, string owner)
    {
        bool outside = !encoding.Primitive.IsChar && (value.Integer < encoding.Min.Integer || value.Integer > encoding.Max.Integer);
        if (value == nullValue)
        {
            diagnostics.Report(Rules.EnumValueOutOfRange, label.Position, $"{owner}: {label.Name} = {value.Integer} is the null value");
        }
        else if (outside)
        {
            diagnostics.Report(
                Rules.EnumValueOutOfRange, label.Position,
                $"{owner}: {label.Name} = {value.Integer} is outside {encoding.Min.Integer} to {encoding.Max.Integer}");
        }
    }

    private void CheckDuplicates(List<NamedValue> values, string owner)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new HashSet<WireValue>();
        foreach (NamedValue value in values)
        {
            if (!names.Add(value.Label.Name))
            {
                diagnostics.Report(Rules.DuplicateValueName, value.Label.Position, $"{owner}: {value.Label.Name} is there twice");
            }

            if (!numbers.Add(value.Value))
            {
                diagnostics.Report(Rules.DuplicateValue, value.Label.Position, $"{owner}: {value.Label.Name} repeats the value {value.Value.Integer}");
            }
        }
    }
}

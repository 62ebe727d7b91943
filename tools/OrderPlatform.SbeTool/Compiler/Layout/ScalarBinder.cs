using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Turns type elements into scalars, arrays and constants.</summary>
internal sealed class ScalarBinder(DiagnosticBag diagnostics, ConstantBinder constants)
{
    /// <summary>The layout of a primitive type that a field names directly.</summary>
    internal static ScalarLayout OfPrimitive(PrimitiveType primitive) =>
        new(
            new Label(primitive.Name, default, 0, null), null, primitive, 1, Presence.Required,
            WireValue.NullOf(primitive), WireValue.MinOf(primitive), WireValue.MaxOf(primitive), null, null);

    internal ScalarLayout Bind(EncodedTypeDefinition type)
    {
        CheckLength(type);
        WireValue min = Number(type, "minValue", type.MinText, WireValue.MinOf(type.Primitive));
        WireValue max = Number(type, "maxValue", type.MaxText, WireValue.MaxOf(type.Primitive));
        WireValue nullValue = Number(type, "nullValue", type.NullText, WireValue.NullOf(type.Primitive));
        if (min.Integer > max.Integer || min.Real > max.Real)
        {
            diagnostics.Report(Rules.EmptyRange, type.Label.Position, $"type {type.Label.Name}: minValue is above maxValue");
        }

        if (type.NullText is not null && type.Presence != Presence.Optional)
        {
            diagnostics.Report(Rules.NullNotOptional, type.Label.Position, $"type {type.Label.Name}: nullValue only counts where the presence is optional");
        }

        if (type.ValueRef is not null && type.Presence != Presence.Constant)
        {
            diagnostics.Report(Rules.BadValueRef, type.Label.Position, $"type {type.Label.Name}: valueRef needs presence=\"constant\"");
        }

        ConstantLayout? constant = type.Presence == Presence.Constant ? constants.OfType(type) : null;
        int count = constant?.Bytes is { } bytes ? Math.Max(bytes.Count, type.Length) : type.Length;
        return new ScalarLayout(
            type.Label, type.SemanticType, type.Primitive, count, type.Presence, nullValue, min, max, EncodingOf(type), constant);
    }

    private void CheckLength(EncodedTypeDefinition type)
    {
        bool isVariable = type.Length == 0 && type.Label.Name == "varData" && type.Primitive.SizeBytes == 1;
        if (type.Length == 0 && !isVariable)
        {
            diagnostics.Report(Rules.BadLength, type.Label.Position, $"type {type.Label.Name}: length 0 is only for a member varData of uint8 or char");
        }
        else if ((long)type.Length * type.Primitive.SizeBytes > SchemaLimits.BlockBytesMax)
        {
            diagnostics.Report(
                Rules.BadLength, type.Label.Position, $"type {type.Label.Name}: an array has at most {SchemaLimits.BlockBytesMax} bytes");
        }
    }

    private string? EncodingOf(EncodedTypeDefinition type)
    {
        bool isText = type.Primitive.IsChar && (type.Length != 1 || type.Presence == Presence.Constant);
        string? encoding = type.CharacterEncoding is { Length: > 0 } given ? given : isText ? TextEncodings.Default : null;
        if (encoding is not null && TextEncodings.Find(encoding) is null)
        {
            diagnostics.Report(
                Rules.OtherEncoding, type.Label.Position,
                $"type {type.Label.Name}: text in '{encoding}' is handed over as bytes; codecs convert US-ASCII, ISO-8859-1 and UTF-8");
        }

        return encoding;
    }

    private WireValue Number(EncodedTypeDefinition type, string attribute, string? text, WireValue fallback)
    {
        if (text is null)
        {
            return fallback;
        }

        WireValue? value = WireValue.Parse(type.Primitive, text);
        if (value is null)
        {
            diagnostics.Report(Rules.BadNumber, type.Label.Position, $"type {type.Label.Name}: {attribute} '{text}' is no {type.Primitive.Name}");
        }

        return value ?? fallback;
    }
}

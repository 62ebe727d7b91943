using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Finds the value of constant types and constant fields.</summary>
internal sealed class ConstantBinder(DiagnosticBag diagnostics, Func<string, TypeLayout?> resolve)
{
    /// <summary>The value of a constant type, from its text or its valueRef.</summary>
    internal ConstantLayout? OfType(EncodedTypeDefinition type)
    {
        string owner = $"type {type.Label.Name}";
        if (type.ValueRef is { } valueRef)
        {
            ConstantLayout? constant = OfValueRef(valueRef, type.Label, owner);
            return constant is null || !CheckPrimitive(constant.Enum!, type.Primitive, type.Label, owner) ? null : new ConstantLayout(constant.EnumValue.Value);
        }

        if (type.ConstantText.Length == 0)
        {
            diagnostics.Report(Rules.BadConstant, type.Label.Position, $"{owner}: a constant needs its value as text, or a valueRef");
            return null;
        }

        return type.Primitive.IsChar ? OfText(type, owner) : OfNumber(type, owner);
    }

    /// <summary>The value of a field with presence constant and a valueRef.</summary>
    internal ConstantLayout? OfField(FieldDefinition field, TypeLayout type)
    {
        string owner = $"field {field.Label.Name}";
        if (field.ValueRef is null)
        {
            diagnostics.Report(Rules.BadConstant, field.Label.Position, $"{owner}: a constant field needs a valueRef, or a constant type");
            return null;
        }

        ConstantLayout? constant = OfValueRef(field.ValueRef, field.Label, owner);
        if (constant is null)
        {
            return null;
        }

        if (type is ScalarLayout scalar)
        {
            return CheckPrimitive(constant.Enum!, scalar.Primitive, field.Label, owner) ? new ConstantLayout(constant.EnumValue.Value) : null;
        }

        if (type != constant.Enum)
        {
            diagnostics.Report(Rules.BadValueRef, field.Label.Position, $"{owner}: valueRef names another enum than the field's type {type.Label.Name}");
        }

        return constant;
    }

    private ConstantLayout? OfText(EncodedTypeDefinition type, string owner)
    {
        string text = type.ConstantText;
        string encoding = type.CharacterEncoding is { Length: > 0 } given ? given : TextEncodings.Default;
        if (TextEncodings.Encode(encoding, text) is not { } bytes)
        {
            string reason = TextEncodings.Find(encoding) is null
                ? $"the text of a constant must be US-ASCII, ISO-8859-1 or UTF-8, not {encoding}"
                : $"the text has a character that {encoding} lacks; characterEncoding names another";
            diagnostics.Report(Rules.BadConstant, type.Label.Position, $"{owner}: {reason}");
            return null;
        }

        if (type.HasLength && bytes.Length > type.Length)
        {
            diagnostics.Report(Rules.BadConstant, type.Label.Position, $"{owner}: the text has {bytes.Length} bytes, the length is {type.Length}");
            return null;
        }

        return bytes.Length == 1 && type.Length <= 1
            ? new ConstantLayout(WireValue.Of((decimal)bytes[0]))
            : new ConstantLayout(null, text, Bytes: bytes);
    }

    private ConstantLayout? OfNumber(EncodedTypeDefinition type, string owner)
    {
        if (type.Length > 1)
        {
            diagnostics.Report(Rules.BadConstant, type.Label.Position, $"{owner}: a constant is one number; its length must be 1");
            return null;
        }

        WireValue? number = WireValue.Parse(type.Primitive, type.ConstantText);
        if (number is null)
        {
            diagnostics.Report(Rules.BadConstant, type.Label.Position, $"{owner}: '{type.ConstantText}' is no {type.Primitive.Name}");
            return null;
        }

        return new ConstantLayout(number);
    }

    private ConstantLayout? OfValueRef(string valueRef, Label label, string owner)
    {
        int dot = valueRef.IndexOf('.');
        if (dot < 0 || resolve(valueRef.Substring(0, dot)) is not EnumLayout enumeration)
        {
            diagnostics.Report(Rules.BadValueRef, label.Position, $"{owner}: valueRef '{valueRef}' must be Enum.Value with an enum of this schema");
            return null;
        }

        string valueName = valueRef.Substring(dot + 1);
        foreach (NamedValue value in enumeration.Values)
        {
            if (value.Label.Name == valueName)
            {
                return new ConstantLayout(null, null, enumeration, value);
            }
        }

        diagnostics.Report(Rules.BadValueRef, label.Position, $"{owner}: enum {enumeration.Label.Name} has no value {valueName}");
        return null;
    }

    private bool CheckPrimitive(EnumLayout enumeration, PrimitiveType primitive, Label label, string owner)
    {
        if (enumeration.Primitive == primitive)
        {
            return true;
        }

        diagnostics.Report(
            Rules.BadValueRef, label.Position,
            $"{owner}: enum {enumeration.Label.Name} is encoded as {enumeration.Primitive.Name}, not {primitive.Name}");
        return false;
    }
}

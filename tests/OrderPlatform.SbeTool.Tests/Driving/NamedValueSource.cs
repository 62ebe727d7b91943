using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Writes driver code that turns enums and sets into names and back, through the generated members.</summary>
internal sealed class NamedValueSource(DriverText text)
{
    private const string NullName = "NULL_VALUE";

    internal void Enum(EnumLayout enumeration)
    {
        string type = text.Names.Type(enumeration);
        string underlying = enumeration.Primitive.CSharpName;
        text.Line($"static {type} {DriverText.Method("Parse", enumeration)}(__Node node) => __Json.Text(node) switch {{");
        foreach (string name in enumeration.Values.Select(static value => value.Label.Name).Distinct())
        {
            text.Line($"{DriverText.Literal(name)} => {type}.{CodecNames.Escape(name)},");
        }

        text.Line($"null => ({type})__Json.Number<{underlying}>(node, 0),");
        text.Line($"\"NULL\" or \"{NullName}\" => {type}.{NullName}, var other => throw new global::System.ArgumentException(other) }};");
        text.Line($"static __Node {DriverText.Method("Json", enumeration)}({type} value) => value switch {{");
        foreach (NamedValue value in enumeration.Values.DistinctBy(static value => value.Value))
        {
            text.Line($"{type}.{CodecNames.Escape(value.Label.Name)} => (__Node)\"{value.Label.Name}\",");
        }

        string number = enumeration.Primitive == PrimitiveType.UInt64 ? "ulong" : "long";
        text.Line($"{type}.{NullName} => (__Node)\"{NullName}\", _ => __Json.Of(({number})({underlying})value) }};");
    }

    internal void Set(SetLayout set)
    {
        string type = text.Names.Type(set);
        text.Line($"static {type} {DriverText.Method("Parse", set)}(__Node node) {{ {type} value = default;");
        text.Line("foreach (var item in node.AsArray()) value |= __Json.Text(item) switch {");
        foreach (NamedValue choice in set.Choices)
        {
            text.Line($"{DriverText.Literal(choice.Label.Name)} => {type}.{CodecNames.Escape(choice.Label.Name)},");
        }

        text.Line("var other => throw new global::System.ArgumentException(other) }; return value; }");
        text.Line($"static __Node {DriverText.Method("Json", set)}({type} value) {{ var names = new __Array();");
        foreach (NamedValue choice in set.Choices)
        {
            text.Line($"if ((value & {type}.{CodecNames.Escape(choice.Label.Name)}) != 0) names.Add((__Node)\"{choice.Label.Name}\");");
        }

        text.Line("return names; }");
    }
}

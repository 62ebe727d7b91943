using System.Globalization;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes enums and sets.</summary>
internal static class EnumEmitter
{
    internal static void Emit(CodeWriter writer, EnumLayout enumeration)
    {
        string name = CSharpNames.Of(enumeration.Label);
        writer.Summary(enumeration.Label, $"Enum {enumeration.Label.Name}.");
        using (writer.Block($"public enum {name} : {enumeration.Primitive.CSharpName}"))
        {
            foreach (NamedValue value in enumeration.Values)
            {
                writer.Summary(value.Label, $"{value.Label.Name}.");
                writer.Line($"{CSharpNames.Escape(value.Label.Name)} = {Literals.Of(enumeration.Primitive, value.Value)},");
            }

            writer.Summary("No value.");
            writer.Line($"{EnumBinder.NullName} = {Literals.Of(enumeration.Primitive, enumeration.Null)},");
        }
    }

    internal static void Emit(CodeWriter writer, SetLayout set)
    {
        writer.Summary(set.Label, $"Set {set.Label.Name}.");
        writer.Line("[global::System.Flags]");
        using (writer.Block($"public enum {CSharpNames.Of(set.Label)} : {set.Primitive.CSharpName}"))
        {
            foreach (NamedValue choice in set.Choices)
            {
                ulong bit = 1UL << (int)choice.Value.Integer;
                writer.Summary(choice.Label, $"{choice.Label.Name}.");
                writer.Line($"{CSharpNames.Escape(choice.Label.Name)} = 0x{bit.ToString("X", CultureInfo.InvariantCulture)},");
            }
        }
    }

    /// <summary>Writes the test whether a value is one that the schema declares.</summary>
    internal static void EmitIsDeclared(CodeWriter writer, EnumLayout enumeration)
    {
        string name = CSharpNames.Of(enumeration.Label);
        string[] values = [.. enumeration.Values.GroupBy(static value => value.Value).Select(values =>
            $"{CSharpNames.ValueType(enumeration)}.{CSharpNames.Escape(values.First().Label.Name)}")];
        string test = values.Length == 0 ? "false" : $"value is {string.Join(" or ", values)}";
        writer.Line($"internal static bool Is{name}({CSharpNames.ValueType(enumeration)} value) => {test};");
    }

    /// <summary>Writes the names of a set's choices, each at the index of its bit.</summary>
    internal static void EmitNames(CodeWriter writer, SetLayout set)
    {
        int count = set.Choices.Select(static choice => (int)choice.Value.Integer + 1).DefaultIfEmpty(0).Max();
        IEnumerable<string> names = Enumerable.Range(0, count).Select(bit =>
            set.Choices.Where(choice => choice.Value.Integer == bit).Select(static choice => $"\"{choice.Label.Name}\"").FirstOrDefault() ?? "null");
        writer.Line($"internal static readonly string?[] {CSharpNames.Of(set.Label)}Names = new string?[] {{ {string.Join(", ", names)} }};");
    }
}

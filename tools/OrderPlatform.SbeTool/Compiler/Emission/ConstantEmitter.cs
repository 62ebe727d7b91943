using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes what is not on the wire: constants, null values, lengths.</summary>
internal static class ConstantEmitter
{
    internal static void Emit(CodeWriter writer, MemberLayout member)
    {
        string name = CSharpNames.Member(member.Label);
        ConstantLayout constant = member.Constant!;
        writer.Summary(member.Label, $"{member.Label.Name}, a constant.");
        if (constant.Text is { } text)
        {
            int count = ((ScalarLayout)member.Type).Count;
            writer.Line($"public static __Bytes {name} => {Literals.OfText(text, constant.Bytes!)};");
            writer.Summary($"Length of {member.Label.Name} in bytes, padding included.");
            writer.Line($"public const int {name}Length = {count};");
        }
        else if (constant.Enum is { } enumeration)
        {
            string type = CSharpNames.ValueType(enumeration);
            writer.Line($"public const {type} {name} = {type}.{CSharpNames.Escape(constant.EnumValue.Label.Name)};");
        }
        else
        {
            var scalar = (ScalarLayout)member.Type;
            writer.Line($"public const {scalar.Primitive.CSharpName} {name} = {Literals.Of(scalar.Primitive, constant.Number!.Value)};");
        }
    }

    internal static void EmitNull(CodeWriter writer, MemberLayout member, string literal)
    {
        writer.Summary($"The value of {member.Label.Name} that means null.");
        writer.Line($"public const {CSharpNames.ValueType(member.Type)} {CSharpNames.Member(member.Label)}NullValue = {literal};");
    }

    internal static void EmitLength(CodeWriter writer, MemberLayout member, ScalarLayout array)
    {
        writer.Summary($"Number of elements of {member.Label.Name}.");
        writer.Line($"public const int {CSharpNames.Member(member.Label)}Length = {array.Count};");
    }
}

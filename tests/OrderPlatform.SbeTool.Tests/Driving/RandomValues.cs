using System.Globalization;
using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>
/// Random value trees for a layout, in the form that <see cref="ICodecDriver.Decode"/> returns, constants included: what is encoded from a tree must decode
/// to the same tree. Enums hold declared values, or null where they are optional, so that every tree passes the validator if its enums have values.
/// </summary>
/// <param name="random">Seeded by the caller, who prints the seed.</param>
/// <param name="entriesMax">Entries of a group at most, unless its dimension type asks for more.</param>
/// <param name="dataBytesMax">Bytes of one data element at most.</param>
internal sealed class RandomValues(Random random, int entriesMax = 3, int dataBytesMax = 40)
{
    private readonly RandomScalars _scalars = new(random);

    /// <summary>A tree for one message.</summary>
    internal JsonObject Of(MessageLayout message) => Block(message.Block);

    private JsonObject Block(BlockLayout block)
    {
        JsonObject values = Members(block.Fields);
        foreach (GroupLayout group in block.Groups)
        {
            DimensionLayout dimension = group.Dimension;
            int count = (int)dimension.CountMin + random.Next((int)Math.Min(entriesMax, dimension.CountMax - dimension.CountMin) + 1);
            values[group.Label.Name] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => Block(group.Block))]);
        }

        foreach (DataLayout data in block.Data)
        {
            values[data.Label.Name] = Data(data, (int)Math.Min((uint)dataBytesMax, data.LengthMax));
        }

        return values;
    }

    private JsonObject Members(IReadOnlyList<MemberLayout> members)
    {
        var values = new JsonObject();
        foreach (MemberLayout member in members)
        {
            values[member.Label.Name] = member.Constant is { } constant ? Constant(member, constant) : Value(member);
        }

        return values;
    }

    private JsonNode Value(MemberLayout member) => member.Type switch
    {
        ScalarLayout { IsText: true } text when !DriverText.IsText(text.Encoding) => _scalars.Bytes(text.Count, lowest: 1),
        ScalarLayout { IsText: true } text => JsonValue.Create(_scalars.Text(text.Encoding!, text.Count)),
        ScalarLayout { IsArray: true } array => new JsonArray([.. Enumerable.Range(0, array.Count).Select(_ => _scalars.Number(array))]),
        ScalarLayout scalar => _scalars.Number(scalar),
        EnumLayout enumeration => Enum(enumeration, mayBeNull: member.Null is not null),
        SetLayout set => Set(set),
        CompositeLayout composite => Members(composite.Members),
        _ => throw new NotSupportedException(member.Type.ToString()),
    };

    private JsonValue Enum(EnumLayout enumeration, bool mayBeNull)
    {
        string[] names = [.. enumeration.Values.DistinctBy(static value => value.Value).Select(static value => value.Label.Name)];
        bool isNull = names.Length == 0 || (mayBeNull && random.Next(4) == 0);
        return JsonValue.Create(isNull ? "NULL_VALUE" : names[random.Next(names.Length)]);
    }

    /// <summary>Bits are chosen, not names: two names of one bit come and go together.</summary>
    private JsonArray Set(SetLayout set)
    {
        int keepOf4 = random.Next(5);
        decimal[] bits = [.. set.Choices.Select(static choice => choice.Value.Integer).Distinct().Where(_ => random.Next(4) < keepOf4)];
        return [.. set.Choices.Where(choice => bits.Contains(choice.Value.Integer)).Select(static choice => (JsonNode)choice.Label.Name)];
    }

    private JsonNode Data(DataLayout data, int lengthMax) =>
        DriverText.IsText(data.Encoding) ? JsonValue.Create(_scalars.Text(data.Encoding!, lengthMax)) : _scalars.Bytes(lengthMax, lowest: 0);

    private static JsonNode Constant(MemberLayout member, ConstantLayout constant)
    {
        if (constant.Text is { } text)
            return JsonValue.Create(text + new string('\0', ((ScalarLayout)member.Type).Count - constant.Bytes!.Count));
        if (member.Type is EnumLayout)
            return JsonValue.Create(constant.EnumValue.Label.Name);

        PrimitiveType primitive = ((ScalarLayout)member.Type).Primitive;
        WireValue number = constant.Number ?? constant.EnumValue.Value;
        return primitive.IsChar ? WireJson.OfLetter((byte)number.Integer)
            : primitive == PrimitiveType.Float ? WireJson.Of((float)number.Real)
            : primitive.IsReal ? WireJson.Of(number.Real)
            : JsonNode.Parse(number.Integer.ToString(CultureInfo.InvariantCulture))!;
    }
}

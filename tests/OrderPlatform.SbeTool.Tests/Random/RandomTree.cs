using System.Text;
using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Draws the values of a message: what a writer may write, often at the edge of it.</summary>
internal sealed class RandomTree(Draw draw)
{
    private const int EntriesMax = 3;
    private const int DataBytesMax = 40;
    private const string Letters = "azAZ09 ~\"\\";
    private static readonly double[] Reals = [0, -0.0, 1.5, -2.25, 1e30, -1e-30, double.NaN, double.PositiveInfinity, double.NegativeInfinity, float.MaxValue, float.Epsilon];

    internal JsonObject Of(BlockLayout block)
    {
        JsonObject tree = Members(block.Fields);
        foreach (GroupLayout group in block.Groups)
        {
            int count = Math.Max((int)group.Dimension.CountMin, draw.Below((int)Math.Min(EntriesMax, group.Dimension.CountMax) + 1));
            tree[group.Label.Name] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => Of(group.Block))]);
        }

        foreach (DataLayout data in block.Data)
        {
            tree[data.Label.Name] = Data(data);
        }

        return tree;
    }

    private JsonObject Members(IEnumerable<MemberLayout> members) =>
        new(members.Where(static member => member.Constant is null).Select(member => KeyValuePair.Create(member.Label.Name, Value(member))));

    private JsonNode? Value(MemberLayout member) => member.Type switch
    {
        ScalarLayout { IsText: true } text => Text(text.Encoding!, text.Count),
        ScalarLayout { IsArray: true } array => new JsonArray([.. Enumerable.Range(0, array.Count).Select(_ => Number(array, member.Null))]),
        ScalarLayout scalar => Number(scalar, member.Null),
        EnumLayout enumeration => member.Null is not null && draw.OneIn(3) ? "NULL_VALUE" : draw.Of(enumeration.Values).Label.Name,
        SetLayout set => new JsonArray([.. set.Choices.Where(_ => draw.OneIn(2)).Select(static choice => (JsonNode)choice.Label.Name)]),
        _ => Members(((CompositeLayout)member.Type).Members),
    };

    private JsonNode Number(ScalarLayout scalar, WireValue? nullValue)
    {
        if (nullValue is { } value && draw.OneIn(3))
        {
            return ModelNumber.JsonOf(scalar.Primitive, value);
        }

        if (!scalar.Primitive.IsReal)
        {
            return ModelNumber.JsonOf(scalar.Primitive, draw.Integer(scalar.Primitive));
        }

        double real = draw.OneIn(2) ? draw.Of(Reals) : scalar.Primitive == PrimitiveType.Float
            ? BitConverter.UInt32BitsToSingle((uint)draw.Bits())
            : BitConverter.UInt64BitsToDouble(draw.Bits());
        return ModelNumber.JsonOf(scalar.Primitive, WireValue.Of(scalar.Primitive == PrimitiveType.Float ? (float)real : real));
    }

    private JsonNode Data(DataLayout data)
    {
        int lengthMax = (int)Math.Min(data.LengthMax, DataBytesMax);
        if (data.Encoding is { } encoding)
        {
            return Text(encoding, lengthMax);
        }

        var bytes = new byte[Length(lengthMax)];
        draw.Fill(bytes);
        return new JsonObject { ["hex"] = Convert.ToHexStringLower(bytes) };
    }

    /// <summary>Text that needs at most this many bytes, often all of them.</summary>
    private string Text(string encoding, int lengthMax)
    {
        string foreign = TextEncodings.Find(encoding) switch { "Utf8" => "\u00e9\u20ac\u4e2d", "Latin1" => "\u00e9\u00ff\u0080", _ => "az" };
        int length = Length(lengthMax);
        var text = new StringBuilder();
        for (int left = length; left > 0;)
        {
            char letter = draw.OneIn(3) ? draw.Of(foreign.ToCharArray()) : draw.Of(Letters.ToCharArray());
            int needed = TextEncodings.Find(encoding) == "Utf8" ? Encoding.UTF8.GetByteCount([letter]) : 1;
            text.Append(needed <= left ? letter : 'q');
            left -= needed <= left ? needed : 1;
        }

        return text.ToString();
    }

    private int Length(int max) => draw.Below(4) switch { 0 => 0, 1 => max, _ => draw.Below(max + 1) };
}

using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>The tree of values of a sound message straight from its bytes and the reader's layout, whatever version wrote it.</summary>
internal sealed class ModelDecoder(SchemaLayout schema)
{
    private readonly bool _isBigEndian = schema.Definition.IsBigEndian;
    private byte[] _bytes = [];
    private int _limit;
    private int _version;

    /// <summary>The end of what the last decoding read.</summary>
    internal int Limit => _limit;

    /// <summary>Where the numbers stand that steer the last decoding: header, dimensions, data lengths.</summary>
    internal List<(int Offset, PrimitiveType Primitive)> Steering { get; } = [];

    /// <summary>The message that the header names, decoded.</summary>
    internal (MessageLayout Message, JsonObject Tree) Decode(byte[] bytes)
    {
        HeaderLayout header = schema.Header;
        _bytes = bytes;
        _limit = 0;
        Steering.Clear();
        _version = Get(header.Version);
        int blockLength = Get(header.BlockLength);
        int templateId = Get(header.TemplateId);
        Steering.Add((header.SchemaId.Offset, header.SchemaId.Primitive));
        MessageLayout message = schema.Messages.Single(candidate => candidate.Id == templateId);
        _limit = header.Composite.LengthBytes;
        return (message, Block(message.Block, blockLength));
    }

    private JsonObject Block(BlockLayout block, int actingLength)
    {
        var tree = new JsonObject();
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_limit, actingLength);
        _limit += actingLength;
        foreach (MemberLayout member in block.Fields)
        {
            tree[member.Label.Name] = Member(member, bytes);
        }

        foreach (GroupLayout group in block.Groups)
        {
            tree[group.Label.Name] = group.SinceVersion <= _version ? Group(group) : new JsonArray();
        }

        foreach (DataLayout data in block.Data)
        {
            tree[data.Label.Name] = ModelText.Json(data.SinceVersion <= _version ? Data(data) : [], data.Encoding);
        }

        return tree;
    }

    private JsonArray Group(GroupLayout group)
    {
        int blockLength = Get(group.Dimension.BlockLength);
        int count = Get(group.Dimension.Count);
        _limit += group.Dimension.Composite.LengthBytes;
        var entries = new JsonArray();
        for (int index = 0; index < count; index++)
        {
            entries.Add((JsonNode)Block(group.Block, blockLength));
        }

        return entries;
    }

    private ReadOnlySpan<byte> Data(DataLayout data)
    {
        int length = Get(data.Length);
        int start = _limit + data.PrefixBytes;
        _limit = start + length;
        return _bytes.AsSpan(start, length);
    }

    /// <summary>The bytes may end where the writer's version of a composite did, which grew since.</summary>
    private JsonNode? Member(MemberLayout member, ReadOnlySpan<byte> bytes) =>
        member.Constant is not null ? Constant(member)
        : member.SinceVersion > _version ? Absent(member)
        : Value(bytes.Slice(member.Offset, Math.Min(member.LengthBytes, bytes.Length - member.Offset)), member.Type);

    private JsonNode Value(ReadOnlySpan<byte> bytes, TypeLayout type)
    {
        switch (type)
        {
            case ScalarLayout { IsText: true } text:
                int end = bytes.IndexOf((byte)0);
                return ModelText.Json(end < 0 ? bytes : bytes[..end], text.Encoding);
            case ScalarLayout { IsArray: true } array:
                var values = new JsonArray();
                for (int index = 0; index < array.Count; index++)
                {
                    values.Add(ModelNumber.ReadJson(bytes[(index * array.Primitive.SizeBytes)..], array.Primitive, _isBigEndian));
                }

                return values;
            case ScalarLayout scalar:
                return ModelNumber.ReadJson(bytes, scalar.Primitive, _isBigEndian);
            case EnumLayout enumeration:
                return Enum(enumeration, ModelNumber.Read(bytes, enumeration.Primitive, _isBigEndian));
            case SetLayout set:
                ulong bits = (ulong)ModelNumber.Read(bytes, set.Primitive, _isBigEndian);
                IEnumerable<NamedValue> chosen = set.Choices.Where(choice => (bits >> (int)choice.Value.Integer & 1) != 0);
                return new JsonArray([.. chosen.Select(static choice => (JsonNode)choice.Label.Name)]);
            default:
                return Composite((CompositeLayout)type, bytes);
        }
    }

    private JsonObject Composite(CompositeLayout composite, ReadOnlySpan<byte> bytes)
    {
        var tree = new JsonObject();
        foreach (MemberLayout member in composite.Members)
        {
            tree[member.Label.Name] = Member(member, bytes);
        }

        return tree;
    }

    private static JsonNode Enum(EnumLayout enumeration, decimal value) =>
        value == enumeration.Null.Integer ? "NULL_VALUE"
        : enumeration.Values.Where(named => named.Value.Integer == value).Select(static named => named.Label.Name).FirstOrDefault() is { } name ? name
        : JsonValue.Create(value);

    /// <summary>What a reader sees where the writer's version had nothing: null if that exists, else zero; no composite at all.</summary>
    private static JsonNode? Absent(MemberLayout member) => member.Type switch
    {
        ScalarLayout { IsText: true } => "",
        ScalarLayout { IsArray: true } array => new JsonArray([.. Enumerable.Range(0, array.Count).Select(_ => AbsentNumber(member, array.Primitive))]),
        ScalarLayout scalar => AbsentNumber(member, scalar.Primitive),
        EnumLayout => "NULL_VALUE",
        SetLayout => new JsonArray(),
        _ => null,
    };

    private static JsonNode AbsentNumber(MemberLayout member, PrimitiveType primitive) =>
        member.Null is { } value ? ModelNumber.JsonOf(primitive, value) : ModelNumber.JsonOf(primitive, 0);

    private static JsonNode Constant(MemberLayout member)
    {
        ConstantLayout constant = member.Constant!;
        return constant.Text is { } text ? text + new string('\0', ((ScalarLayout)member.Type).Count - constant.Bytes!.Count)
            : constant.Enum is not null && member.Type is EnumLayout ? constant.EnumValue.Label.Name
            : ModelNumber.JsonOf(((ScalarLayout)member.Type).Primitive, constant.Number ?? constant.EnumValue.Value);
    }

    private int Get(NumberSlot slot)
    {
        Steering.Add((_limit + slot.Offset, slot.Primitive));
        return (int)ModelNumber.Read(_bytes.AsSpan(_limit + slot.Offset), slot.Primitive, _isBigEndian);
    }
}

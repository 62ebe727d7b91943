using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Bytes of a message straight from the layout and a tree of values. What the tree lacks is null where it may be, or else zero or empty.</summary>
internal sealed class ModelEncoder(SchemaLayout schema)
{
    private readonly bool _isBigEndian = schema.Definition.IsBigEndian;

    /// <summary>Header and message.</summary>
    internal byte[] Encode(MessageLayout message, JsonObject tree)
    {
        HeaderLayout header = schema.Header;
        var bytes = new byte[header.Composite.LengthBytes];
        Put(bytes, header.BlockLength, message.Block.BlockLength);
        Put(bytes, header.TemplateId, message.Id);
        Put(bytes, header.SchemaId, schema.Definition.Id);
        Put(bytes, header.Version, schema.Definition.Version);
        return [.. bytes, .. Block(message.Block, tree)];
    }

    private List<byte> Block(BlockLayout block, JsonObject tree)
    {
        var fixedPart = new byte[block.BlockLength];
        Members(fixedPart, block.Fields, tree);
        List<byte> bytes = [.. fixedPart];
        foreach (GroupLayout group in block.Groups)
        {
            bytes.AddRange(Group(group, tree[group.Label.Name] as JsonArray ?? []));
        }

        foreach (DataLayout data in block.Data)
        {
            byte[] value = tree[data.Label.Name] is { } given ? ModelText.Bytes(given, data.Encoding) : [];
            var prefix = new byte[data.PrefixBytes];
            Put(prefix, data.Length, value.Length);
            bytes.AddRange(prefix);
            bytes.AddRange(value);
        }

        return bytes;
    }

    private List<byte> Group(GroupLayout group, JsonArray entries)
    {
        var dimension = new byte[group.Dimension.Composite.LengthBytes];
        Put(dimension, group.Dimension.BlockLength, group.Block.BlockLength);
        Put(dimension, group.Dimension.Count, entries.Count);
        List<byte> bytes = [.. dimension];
        foreach (JsonNode? entry in entries)
        {
            bytes.AddRange(Block(group.Block, entry!.AsObject()));
        }

        return bytes;
    }

    private void Members(Span<byte> bytes, IReadOnlyList<MemberLayout> members, JsonObject tree)
    {
        foreach (MemberLayout member in members.Where(static member => member.Constant is null))
        {
            Span<byte> place = bytes.Slice(member.Offset, member.LengthBytes);
            if (tree[member.Label.Name] is { } value)
            {
                Value(place, member.Type, value);
            }
            else
            {
                Unset(place, member);
            }
        }
    }

    private void Unset(Span<byte> bytes, MemberLayout member)
    {
        if (member.Type is CompositeLayout composite)
        {
            Members(bytes, composite.Members, []);
        }
        else if (member is { Null: { } value, Type: not ScalarLayout { IsText: true } })
        {
            PrimitiveType primitive = member.Type is ScalarLayout scalar ? scalar.Primitive : ((EnumLayout)member.Type).Primitive;
            for (int offset = 0; offset < bytes.Length; offset += primitive.SizeBytes)
            {
                ModelNumber.Write(bytes[offset..], primitive, _isBigEndian, value);
            }
        }
    }

    private void Value(Span<byte> bytes, TypeLayout type, JsonNode value)
    {
        switch (type)
        {
            case ScalarLayout { IsText: true } text:
                ModelText.Bytes(value, text.Encoding).CopyTo(bytes);
                break;
            case ScalarLayout { IsArray: true } array:
                for (int index = 0; index < array.Count; index++)
                {
                    ModelNumber.Write(bytes[(index * array.Primitive.SizeBytes)..], array.Primitive, _isBigEndian, value[index]!);
                }

                break;
            case ScalarLayout scalar:
                ModelNumber.Write(bytes, scalar.Primitive, _isBigEndian, value);
                break;
            case EnumLayout enumeration:
                ModelNumber.Write(bytes, enumeration.Primitive, _isBigEndian, EnumValue(enumeration, value));
                break;
            case SetLayout set:
                ModelNumber.Write(bytes, set.Primitive, _isBigEndian, SetValue(set, value.AsArray()));
                break;
            case CompositeLayout composite:
                Members(bytes, composite.Members, value.AsObject());
                break;
        }
    }

    private static decimal EnumValue(EnumLayout enumeration, JsonNode value) =>
        value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? ModelNumber.Integer(PrimitiveType.UInt64, value)
        : value.GetValue<string>() == "NULL_VALUE" ? enumeration.Null.Integer
        : enumeration.Values.First(named => named.Label.Name == value.GetValue<string>()).Value.Integer;

    private static decimal SetValue(SetLayout set, JsonArray names)
    {
        ulong bits = 0;
        foreach (JsonNode? name in names)
        {
            bits |= 1UL << (int)set.Choices.Single(choice => choice.Label.Name == name!.GetValue<string>()).Value.Integer;
        }

        return bits;
    }

    private void Put(Span<byte> bytes, NumberSlot slot, int value) => ModelNumber.Write(bytes[slot.Offset..], slot.Primitive, _isBigEndian, value);
}

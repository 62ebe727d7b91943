using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>The first problem of a message of any bytes, straight from the layout: exact numbers, one check after the other.</summary>
internal sealed class ModelValidator(SchemaLayout schema)
{
    /// <summary>More entries than these without a byte each are refused, whatever the type of the count allows.</summary>
    private const int EmptyEntriesMax = ushort.MaxValue;

    private readonly Dictionary<BlockLayout, (int LengthMin, int PartsMin, Leaf[] Enums)> _blocks = new(ReferenceEqualityComparer.Instance);
    private decimal _version;
    private int _limit;

    internal MessageProblem Validate(ReadOnlySpan<byte> bytes)
    {
        HeaderLayout header = schema.Header;
        _limit = 0;
        if (bytes.Length < header.Composite.LengthBytes)
        {
            return MessageProblem.TooShort;
        }

        if (Read(bytes, header.SchemaId) != schema.Definition.Id)
        {
            return MessageProblem.WrongSchema;
        }

        decimal templateId = Read(bytes, header.TemplateId);
        MessageLayout? message = schema.Messages.FirstOrDefault(candidate => candidate.Id == templateId);
        if (message is null)
        {
            return MessageProblem.UnknownTemplate;
        }

        _version = Read(bytes, header.Version);
        decimal blockLength = Read(bytes, header.BlockLength);
        _limit = header.Composite.LengthBytes;
        return _version < message.Block.BaseVersion ? MessageProblem.UnsupportedVersion
            : blockLength < FactsOf(message.Block).LengthMin ? MessageProblem.BlockTooShort
            : blockLength > bytes.Length - _limit ? MessageProblem.BlockOutsideBuffer
            : Block(bytes, message.Block, (int)blockLength);
    }

    private MessageProblem Block(ReadOnlySpan<byte> bytes, BlockLayout block, int length)
    {
        foreach (Leaf leaf in FactsOf(block).Enums)
        {
            bool isThere = leaf.SinceVersion <= block.BaseVersion || (leaf.SinceVersion <= _version && leaf.End <= length);
            if (isThere && !IsDeclared(bytes[(_limit + leaf.Offset)..], leaf.Member))
            {
                return MessageProblem.EnumOutOfRange;
            }
        }

        _limit += length;
        foreach (GroupLayout group in block.Groups.Where(group => group.SinceVersion <= Math.Max(_version, block.BaseVersion)))
        {
            if (Group(bytes, group) is not MessageProblem.None and var problem)
            {
                return problem;
            }
        }

        foreach (DataLayout data in block.Data.Where(data => data.SinceVersion <= Math.Max(_version, block.BaseVersion)))
        {
            if (Data(bytes, data) is not MessageProblem.None and var problem)
            {
                return problem;
            }
        }

        return MessageProblem.None;
    }

    private MessageProblem Group(ReadOnlySpan<byte> bytes, GroupLayout group)
    {
        DimensionLayout dimension = group.Dimension;
        decimal left = bytes.Length - _limit - dimension.Composite.LengthBytes;
        if (left < 0)
        {
            return MessageProblem.GroupOutsideBuffer;
        }

        (int lengthMin, int partsMin, _) = FactsOf(group.Block);
        decimal length = Read(bytes, dimension.BlockLength);
        decimal count = Read(bytes, dimension.Count);
        if (count < dimension.CountMin || count > dimension.CountMax)
        {
            return MessageProblem.GroupCountOutOfRange;
        }

        if (count > 0 && length < lengthMin)
        {
            return MessageProblem.BlockTooShort;
        }

        if ((length + partsMin) * count > left || (lengthMin + partsMin == 0 && length == 0 && count > EmptyEntriesMax))
        {
            return MessageProblem.GroupOutsideBuffer;
        }

        _limit += dimension.Composite.LengthBytes;
        for (int index = 0; index < count; index++)
        {
            MessageProblem problem = length > bytes.Length - _limit ? MessageProblem.GroupOutsideBuffer : Block(bytes, group.Block, (int)length);
            if (problem != MessageProblem.None)
            {
                return problem;
            }
        }

        return MessageProblem.None;
    }

    private MessageProblem Data(ReadOnlySpan<byte> bytes, DataLayout data)
    {
        decimal left = bytes.Length - _limit - data.PrefixBytes;
        if (left < 0)
        {
            return MessageProblem.DataOutsideBuffer;
        }

        decimal length = Read(bytes, data.Length);
        if (length > data.LengthMax)
        {
            return MessageProblem.DataTooLong;
        }

        _limit += length > left ? 0 : data.PrefixBytes + (int)length;
        return length > left ? MessageProblem.DataOutsideBuffer : MessageProblem.None;
    }

    private bool IsDeclared(ReadOnlySpan<byte> bytes, MemberLayout member)
    {
        var enumeration = (EnumLayout)member.Type;
        decimal value = ModelNumber.Read(bytes, enumeration.Primitive, schema.Definition.IsBigEndian);
        return enumeration.Values.Any(named => named.Value.Integer == value) || (member.Null is not null && value == enumeration.Null.Integer);
    }

    private (int LengthMin, int PartsMin, Leaf[] Enums) FactsOf(BlockLayout block)
    {
        if (!_blocks.TryGetValue(block, out (int LengthMin, int PartsMin, Leaf[] Enums) facts))
        {
            int version = block.BaseVersion;
            Leaf[] leaves = [.. Leaves.Of(block.Fields)];
            facts.LengthMin = leaves.Where(leaf => leaf.SinceVersion <= version).Select(static leaf => leaf.End).DefaultIfEmpty(0).Max();
            facts.PartsMin = block.Groups.Where(group => group.SinceVersion <= version).Sum(static group => group.Dimension.Composite.LengthBytes)
                + block.Data.Where(data => data.SinceVersion <= version).Sum(static data => data.PrefixBytes);
            facts.Enums = [.. leaves.Where(static leaf => leaf.Member.Type is EnumLayout)];
            _blocks[block] = facts;
        }

        return facts;
    }

    private decimal Read(ReadOnlySpan<byte> bytes, NumberSlot slot) =>
        ModelNumber.Read(bytes[(_limit + slot.Offset)..], slot.Primitive, schema.Definition.IsBigEndian);
}

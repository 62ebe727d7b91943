using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>One pass over one message: the limit moves as in a generated decoder.</summary>
internal ref struct MessageWalk
{
    /// <summary>Groups in groups; far beyond any real schema, and far below the end of the stack.</summary>
    private const int DepthMax = 64;

    /// <summary>Entries that take no bytes are bounded by nothing on the wire, so by this.</summary>
    private const int EmptyEntriesMax = 65_536;

    private readonly WireReader _wire;
    private readonly IMessageSink _sink;
    private readonly long _version;
    private long _emptyEntries;

    internal MessageWalk(WireReader wire, IMessageSink sink, long version, int limit)
    {
        _wire = wire;
        _sink = sink;
        _version = version;
        Limit = limit;
    }

    /// <summary>Offset of the next unread byte.</summary>
    internal int Limit { get; private set; }

    /// <summary>Walks a block and what follows it.</summary>
    /// <param name="block">As the schema has it.</param>
    /// <param name="statedLength">As the writer has it.</param>
    /// <param name="statedAt">Where the writer says so.</param>
    /// <param name="path">For messages of exceptions.</param>
    /// <param name="depth">Groups around the block.</param>
    internal void Block(BlockLayout block, long statedLength, int statedAt, string path, int depth)
    {
        int start = Limit;
        _wire.Require(start, statedLength, $"the block of {path}");
        int neededBytes = block.LengthKnownTo(_version);
        if (statedLength < neededBytes)
        {
            throw new MessageFormatException(statedAt, $"{path}: a block of {statedLength} bytes is stated, version {_version} has {neededBytes}");
        }

        new MemberWalk(_wire, _sink, _version).Members(block.Fields, start);
        Limit = start + (int)statedLength;
        foreach (GroupLayout group in block.Groups)
        {
            Group(group, path, depth);
        }

        foreach (DataLayout data in block.Data)
        {
            Data(data, path);
        }
    }

    private void Group(GroupLayout group, string path, int depth)
    {
        string name = $"{path}.{group.Label.Name}";
        if (group.SinceVersion > _version)
        {
            _sink.BeginGroup(group, 0, isAbsent: true);
            _sink.EndGroup(group);
            return;
        }

        int start = Limit;
        if (depth >= DepthMax)
        {
            throw new MessageFormatException(start, $"{name}: groups are nested deeper than {DepthMax}");
        }

        _wire.Require(start, group.Dimension.Composite.LengthBytes, $"the dimension of {name}");
        long length = _wire.Unsigned(start, group.Dimension.BlockLength);
        long count = _wire.Unsigned(start, group.Dimension.Count);
        CheckCount(group, start, length, count, name);
        Limit = start + group.Dimension.Composite.LengthBytes;
        _sink.BeginGroup(group, (int)count, isAbsent: false);
        for (int index = 0; index < count; index++)
        {
            _sink.BeginEntry(group, index);
            Block(group.Block, length, start + group.Dimension.BlockLength.Offset, name, depth + 1);
            _sink.EndEntry(group);
        }

        _sink.EndGroup(group);
    }

    private void CheckCount(GroupLayout group, int start, long length, long count, string name)
    {
        int dimensionBytes = group.Dimension.Composite.LengthBytes;
        int countAt = start + group.Dimension.Count.Offset;
        if (count > int.MaxValue)
        {
            throw new MessageFormatException(countAt, $"{name}: {count} entries are more than any message can hold");
        }

        Int128 entryBytes = (Int128)length + PrefixBytes(group.Block);
        if (entryBytes * count > _wire.Length - start - dimensionBytes)
        {
            throw new MessageFormatException(
                countAt, $"{name}: {count} entries of at least {entryBytes} bytes need {entryBytes * count}, {_wire.Length - start - dimensionBytes} are left");
        }

        _emptyEntries += entryBytes == 0 ? count : 0;
        if (_emptyEntries > EmptyEntriesMax)
        {
            throw new MessageFormatException(countAt, $"{name}: more than {EmptyEntriesMax} entries without a byte");
        }
    }

    /// <summary>What an entry takes at least behind its block.</summary>
    private readonly int PrefixBytes(BlockLayout block)
    {
        int bytes = 0;
        foreach (GroupLayout group in block.Groups)
        {
            bytes += group.SinceVersion <= _version ? group.Dimension.Composite.LengthBytes : 0;
        }

        foreach (DataLayout data in block.Data)
        {
            bytes += data.SinceVersion <= _version ? data.PrefixBytes : 0;
        }

        return bytes;
    }

    private void Data(DataLayout data, string path)
    {
        if (data.SinceVersion > _version)
        {
            _sink.OnData(data, [], isAbsent: true);
            return;
        }

        string name = $"{path}.{data.Label.Name}";
        int start = Limit;
        _wire.Require(start, data.PrefixBytes, $"the length of {name}");
        long length = _wire.Unsigned(start, data.Length);
        int at = start + data.PrefixBytes;
        if (length > _wire.Length - at)
        {
            throw new MessageFormatException(start + data.Length.Offset, $"{name}: {length} bytes are stated, {_wire.Length - at} are left");
        }

        _sink.OnData(data, _wire.Slice(at, (int)length), isAbsent: false);
        Limit = at + (int)length;
    }
}

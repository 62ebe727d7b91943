using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>
/// A layout in the order and the words of the golden layouts. Where the reference tool has another view of the same fact, the
/// difference is bridged here, and said.
/// </summary>
internal sealed class LayoutRows
{
    private readonly Dictionary<Label, string?> _valueRefs;

    private LayoutRows(SchemaLayout schema) =>
        _valueRefs = schema.Definition.Messages.SelectMany(static message => Fields(message.Block))
            .ToDictionary(static field => field.Label, static field => field.ValueRef);

    /// <summary>The header, then messages by id.</summary>
    internal static IEnumerable<LayoutRow> Of(SchemaLayout schema, Func<MessageLayout, bool> isWanted)
    {
        CompositeLayout header = schema.Header.Composite;
        var rows = new LayoutRows(schema);
        return TypeRows.Composite(0, header.Label, header, offset: 0, since: 0, default)
            .Concat(schema.Messages.Where(isWanted).OrderBy(static message => message.Id).SelectMany(rows.Message));
    }

    private static IEnumerable<FieldDefinition> Fields(BlockDefinition block) =>
        block.Fields.Concat(block.Groups.SelectMany(static group => Fields(group.Block)));

    private IEnumerable<LayoutRow> Message(MessageLayout message) =>
        Block(1, message.Block).Prepend(new LayoutRow(0, "BEGIN_MESSAGE", message.Label.Name)
        {
            Id = message.Id,
            Length = message.Block.BlockLength,
            Since = message.Label.SinceVersion,
            Deprecated = message.Label.DeprecatedSince,
            Meaning = message.Meaning,
        });

    private IEnumerable<LayoutRow> Block(int depth, BlockLayout block) =>
        block.Fields.SelectMany(field => Field(depth, field, block.BaseVersion))
            .Concat(block.Groups.SelectMany(group => Group(depth, group)))
            .Concat(block.Data.SelectMany((data, index) => Data(depth, data, block.Groups.Count + index == 0 ? block.BlockLength : -1)));

    private IEnumerable<LayoutRow> Field(int depth, MemberLayout field, int baseVersion)
    {
        // The reference tool leaves the message's version to the reader; the layout has it in each field.
        int since = Math.Max(field.Label.SinceVersion, field.Type.Label.SinceVersion);
        Assert.That(field.SinceVersion, Is.EqualTo(Math.Max(since, baseVersion)), field.Label.Name);
        yield return new LayoutRow(depth, "BEGIN_FIELD", field.Label.Name)
        {
            Id = field.Id,
            Offset = field.Offset,
            Length = field.LengthBytes,
            Since = since,
            Deprecated = field.Label.DeprecatedSince,
            Presence = field.Presence,

            // The layout has the value; the reference to it is only in the definition.
            Const = field.Presence == Presence.Constant ? _valueRefs[field.Label] ?? "" : "",
            Meaning = field.Meaning,
        };
        foreach (LayoutRow row in TypeRows.OfField(depth + 1, field, since))
        {
            yield return row;
        }
    }

    private IEnumerable<LayoutRow> Group(int depth, GroupLayout group)
    {
        yield return new LayoutRow(depth, "BEGIN_GROUP", group.Label.Name)
        {
            Id = group.Id,
            Offset = group.Offset,
            Length = group.Block.BlockLength,
            Since = group.Label.SinceVersion,
            Deprecated = group.Label.DeprecatedSince,
        };
        CompositeLayout dimension = group.Dimension.Composite;
        foreach (LayoutRow row in TypeRows.Composite(depth + 1, dimension.Label, dimension, offset: 0, group.Label.SinceVersion, default)
            .Concat(Block(depth + 1, group.Block)))
        {
            yield return row;
        }
    }

    private static IEnumerable<LayoutRow> Data(int depth, DataLayout data, int offset)
    {
        yield return new LayoutRow(depth, "BEGIN_VAR_DATA", data.Label.Name)
        {
            Id = data.Id,
            Offset = offset,
            Since = data.Label.SinceVersion,
            Deprecated = data.Label.DeprecatedSince,
            Meaning = data.Meaning,
        };
        foreach (LayoutRow row in TypeRows.Composite(depth + 1, data.Composite.Label, data.Composite, offset, data.Label.SinceVersion, data.Meaning))
        {
            yield return row;
        }
    }
}

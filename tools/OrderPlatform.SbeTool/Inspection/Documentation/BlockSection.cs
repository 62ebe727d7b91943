using System.Globalization;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Documentation;

/// <summary>Writes a message: its block as a drawing and a table, its groups and data below.</summary>
internal sealed class BlockSection(MarkdownPage page)
{
    internal void Message(MessageLayout message)
    {
        page.Line($"### {message.Label.Name}").Line();
        string since = message.Block.BaseVersion > 0 ? $", since version {message.Block.BaseVersion}" : "";
        string description = Notes.Of(message.Label, message.Meaning) is { Length: > 0 } text ? $" {text}." : "";
        page.Line($"Id {message.Id}, block of {message.Block.BlockLength} bytes{since}.{description}").Line();
        Block(message.Block, "");
    }

    private void Block(BlockLayout block, string path)
    {
        if (block.Fields.Count > 0)
        {
            if (block.BlockLength > 0)
            {
                page.Drawing(ByteDrawing.Of(block.Fields, block.BlockLength));
            }

            page.Line("| offset | length | field | type | presence | since | |").Line("| ---: | ---: | --- | --- | --- | ---: | --- |");
            foreach (MemberLayout field in block.Fields)
            {
                Field(field);
            }

            page.Line();
        }

        foreach (GroupLayout group in block.Groups)
        {
            Group(group, path);
        }

        if (block.Data.Count > 0)
        {
            page.Line("| data | length field | at most | text | since | |").Line("| --- | --- | ---: | --- | ---: | --- |");
            foreach (DataLayout data in block.Data)
            {
                page.Line(
                    $"| {data.Label.Name} | {data.Length.Primitive.Name} | {data.LengthMax} | {data.Encoding ?? "raw bytes"} | {data.SinceVersion} | "
                        + $"{Notes.Of(data.Label, data.Meaning)} |");
            }

            page.Line();
        }
    }

    private void Field(MemberLayout field)
    {
        string offset = field.Constant is null ? field.Offset.ToString(CultureInfo.InvariantCulture) : "";
        page.Line(
            $"| {offset} | {field.LengthBytes} | {field.Label.Name} | {TypeNames.Of(field.Type)} | {TypeNames.PresenceOf(field)} | {field.SinceVersion} | "
            + $"{Notes.Of(field.Label, field.Meaning, field.Type is ScalarLayout ? field.Type.Label.Description : null)} |");
    }

    private void Group(GroupLayout group, string path)
    {
        string name = path.Length == 0 ? group.Label.Name : $"{path}.{group.Label.Name}";
        DimensionLayout dimension = group.Dimension;
        string since = group.SinceVersion > 0 ? $", since version {group.SinceVersion}" : "";
        string blockLength = $"blockLength {dimension.BlockLength.Primitive.Name} at {dimension.BlockLength.Offset}";
        string count = $"numInGroup {dimension.Count.Primitive.Name} at {dimension.Count.Offset}";
        string entries = $"up to {dimension.CountMax} entries with a block of {group.Block.BlockLength} bytes{since}.";
        string head = $"Group **{name}**: a dimension of {dimension.Composite.LengthBytes} bytes (`{dimension.Composite.Label.Name}`: {blockLength}, {count})";
        page.Line($"{head}, then {entries} {Notes.Of(group.Label)}".TrimEnd()).Line();
        Block(group.Block, name);
    }
}

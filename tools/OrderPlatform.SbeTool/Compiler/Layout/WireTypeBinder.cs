using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Checks the composites that carry the wire itself: message header, group dimensions, data lengths (SBE 1.0, "Message structure").</summary>
internal sealed class WireTypeBinder(DiagnosticBag diagnostics, TypeBinder types)
{
    internal HeaderLayout? BindHeader(SchemaDefinition schema)
    {
        var part = new WireComposite(diagnostics, "message header", schema.HeaderType, Rules.BadHeader);
        if (part.Find(types, schema.Label, sinceVersion: 0) is not { } composite)
        {
            return null;
        }

        MemberLayout? blockLength = part.Number(composite, "blockLength");
        MemberLayout? templateId = part.Number(composite, "templateId");
        MemberLayout? schemaId = part.Number(composite, "schemaId");
        MemberLayout? version = part.Number(composite, "version");
        if (blockLength is null || templateId is null || schemaId is null || version is null)
        {
            return null;
        }

        part.CheckLength(blockLength, "uint16");
        foreach (MemberLayout member in new[] { templateId, schemaId, version })
        {
            part.CheckUsual(member, "uint16");
        }

        return new HeaderLayout(composite, Slot(blockLength), Slot(templateId), Slot(schemaId), Slot(version));
    }

    internal DimensionLayout? BindDimension(GroupDefinition group, int sinceVersion)
    {
        var part = new WireComposite(diagnostics, $"dimension of group {group.Label.Name}", group.DimensionType, Rules.BadDimension);
        if (part.Find(types, group.Label, sinceVersion) is not { } composite
            || part.Number(composite, "blockLength") is not { } blockLength
            || part.Number(composite, "numInGroup") is not { } count)
        {
            return null;
        }

        part.CheckLength(blockLength, "uint8", "uint16");
        part.CheckMaximum(blockLength);
        part.CheckUsual(count, "uint8", "uint16");
        part.CheckMaximum(count);
        var number = (ScalarLayout)count.Type;
        decimal max = Math.Min(number.Max.Integer, WireComposite.SignedMax);
        if (number.Min.Integer < 0)
        {
            part.Report(count, "a signed numInGroup needs a minValue of 0 or more");
        }
        else if (number.Min.Integer > WireComposite.SignedMax)
        {
            part.Report(count, $"numInGroup is at most {WireComposite.SignedMax}, its minValue is {number.Min.Integer}");
        }

        return new DimensionLayout(composite, Slot(blockLength), Slot(count), (long)Math.Max(number.Min.Integer, 0), (long)max);
    }

    internal DataLayout? BindData(DataDefinition data, int sinceVersion)
    {
        var part = new WireComposite(diagnostics, $"data {data.Label.Name}", data.TypeName, Rules.BadData);
        if (data.Presence != Presence.Required)
        {
            diagnostics.Report(
                Rules.BadData, data.Label.Position, $"data {data.Label.Name}: the presence of data is always required; empty data has length 0");
        }

        if (part.Find(types, data.Label, sinceVersion) is not { } composite || part.Number(composite, "length") is not { } length)
        {
            return null;
        }

        if (composite.Find("varData") is not { Type: ScalarLayout { Primitive.SizeBytes: 1 } bytes } varData)
        {
            diagnostics.Report(
                Rules.BadData, composite.Label.Position, $"data {data.Label.Name}, type {data.TypeName}: needs a member varData of uint8 or char");
            return null;
        }

        if (composite.Members[composite.Members.Count - 1] != varData)
        {
            part.Report(varData, "varData must be the last member");
        }

        part.CheckLength(length, "uint8", "uint16", "uint32");
        part.CheckMaximum(length);
        uint max = (uint)Math.Max(0, Math.Min(((ScalarLayout)length.Type).Max.Integer, WireComposite.SignedMax));
        return new DataLayout(data.Label, data.Id, sinceVersion, composite, Slot(length), varData.Offset, max, bytes.Encoding, data.Meaning);
    }

    private static NumberSlot Slot(MemberLayout member) => new(((ScalarLayout)member.Type).Primitive, member.Offset);
}

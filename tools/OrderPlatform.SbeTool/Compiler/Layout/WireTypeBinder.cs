using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Checks the composites that carry the wire itself: message header, group dimensions, data lengths (SBE 1.0, "Message structure").</summary>
internal sealed class WireTypeBinder(DiagnosticBag diagnostics, TypeBinder types)
{
    private const uint SignedMax = int.MaxValue;

    internal HeaderLayout? BindHeader(SchemaDefinition schema)
    {
        string owner = $"header type {schema.HeaderType}";
        if (Composite(schema.HeaderType, schema.Label, owner, Rules.BadHeader) is not { } composite)
        {
            return null;
        }

        NumberSlot? blockLength = Slot(composite, "blockLength", owner, Rules.BadHeader);
        NumberSlot? templateId = Slot(composite, "templateId", owner, Rules.BadHeader);
        NumberSlot? schemaId = Slot(composite, "schemaId", owner, Rules.BadHeader);
        NumberSlot? version = Slot(composite, "version", owner, Rules.BadHeader);
        foreach ((string name, NumberSlot? slot) in new[] { ("blockLength", blockLength), ("templateId", templateId), ("schemaId", schemaId), ("version", version) })
        {
            if (slot is { } present && present.Primitive != PrimitiveType.UInt16)
            {
                CheckUnsigned(composite, name, present, owner, Rules.BadHeader);
            }
        }

        return blockLength is null || templateId is null || schemaId is null || version is null
            ? null
            : new HeaderLayout(composite, blockLength.Value, templateId.Value, schemaId.Value, version.Value);
    }

    internal DimensionLayout? BindDimension(GroupDefinition group)
    {
        string owner = $"group {group.Label.Name}, dimension type {group.DimensionType}";
        if (Composite(group.DimensionType, group.Label, owner, Rules.BadDimension) is not { } composite
            || Slot(composite, "blockLength", owner, Rules.BadDimension) is not { } blockLength
            || Slot(composite, "numInGroup", owner, Rules.BadDimension) is not { } count)
        {
            return null;
        }

        if (blockLength.Primitive.SizeBytes > 2 || !blockLength.Primitive.IsUnsigned)
        {
            CheckUnsigned(composite, "blockLength", blockLength, owner, Rules.BadDimension);
        }

        var number = (ScalarLayout)composite.Find("numInGroup")!.Type;
        if (!count.Primitive.IsUnsigned)
        {
            diagnostics.Report(Rules.UnusualWidth, number.Label.Position, $"{owner}: numInGroup should be unsigned");
            if (number.Min.Integer < 0)
            {
                diagnostics.Report(Rules.BadDimension, number.Label.Position, $"{owner}: a signed numInGroup needs a minValue of 0 or more");
            }
        }
        else if (count.Primitive.SizeBytes > 2)
        {
            CheckUnsigned(composite, "numInGroup", count, owner, Rules.BadDimension);
        }

        CheckMaximum(number, owner, "numInGroup", Rules.BadDimension);
        decimal max = Math.Min(number.Max.Integer, int.MaxValue);
        return new DimensionLayout(composite, blockLength, count, (long)Math.Max(number.Min.Integer, 0), (long)max);
    }

    internal DataLayout? BindData(DataDefinition data, int sinceVersion)
    {
        string owner = $"data {data.Label.Name}, type {data.TypeName}";
        if (data.Presence != Presence.Required)
        {
            diagnostics.Report(Rules.BadData, data.Label.Position, $"data {data.Label.Name}: the presence of data is always required; empty data has length 0");
        }

        if (Composite(data.TypeName, data.Label, owner, Rules.BadData) is not { } composite
            || Slot(composite, "length", owner, Rules.BadData) is not { } length)
        {
            return null;
        }

        if (composite.Find("varData") is not { Type: ScalarLayout { Primitive.SizeBytes: 1 } bytes } varData)
        {
            diagnostics.Report(Rules.BadData, composite.Label.Position, $"{owner}: needs a member varData of uint8 or char");
            return null;
        }

        if (composite.Members[composite.Members.Count - 1] != varData)
        {
            diagnostics.Report(Rules.BadData, varData.Label.Position, $"{owner}: varData must be the last member");
        }

        var number = (ScalarLayout)composite.Find("length")!.Type;
        if (!length.Primitive.IsUnsigned)
        {
            diagnostics.Report(Rules.BadData, number.Label.Position, $"{owner}: length must be unsigned");
        }
        else if (length.Primitive == PrimitiveType.UInt64)
        {
            diagnostics.Report(Rules.NotSupported, number.Label.Position, $"{owner}: a uint64 length is not supported yet; use uint32 with a maxValue");
        }

        CheckMaximum(number, owner, "length", Rules.BadData);
        uint max = (uint)Math.Max(0, Math.Min(number.Max.Integer, SignedMax));
        return new DataLayout(data.Label, data.Id, sinceVersion, composite, length, varData.Offset, max, bytes.Encoding);
    }

    private CompositeLayout? Composite(string name, Label user, string owner, Rule rule)
    {
        TypeLayout? type = types.Resolve(name);
        if (type is CompositeLayout composite)
        {
            return composite;
        }

        if (name.Length > 0)
        {
            diagnostics.Report(rule, user.Position, type is null ? $"{owner} is not defined" : $"{owner} is not a composite");
        }

        return null;
    }

    private NumberSlot? Slot(CompositeLayout composite, string name, string owner, Rule rule)
    {
        MemberLayout? member = composite.Find(name);
        if (member is { Type: ScalarLayout { Count: 1, Primitive: { IsReal: false, IsChar: false } primitive }, Constant: null })
        {
            return new NumberSlot(primitive, member.Offset);
        }

        SourcePosition position = (member?.Label ?? composite.Label).Position;
        diagnostics.Report(rule, position, $"{owner}: needs an integer member {name}");
        return null;
    }

    private void CheckUnsigned(CompositeLayout composite, string name, NumberSlot slot, string owner, Rule rule)
    {
        MemberLayout member = composite.Find(name)!;
        if (!slot.Primitive.IsUnsigned)
        {
            diagnostics.Report(rule, member.Label.Position, $"{owner}: {name} must be unsigned");
        }
        else if (slot.Primitive == PrimitiveType.UInt64)
        {
            diagnostics.Report(Rules.NotSupported, member.Label.Position, $"{owner}: a uint64 {name} is not supported yet; use uint16");
        }
        else
        {
            diagnostics.Report(Rules.UnusualWidth, member.Label.Position, $"{owner}: {name} is {slot.Primitive.Name}; other tools expect uint16");
        }
    }

    private void CheckMaximum(ScalarLayout number, string owner, string name, Rule rule)
    {
        if (number.Max.Integer > number.Primitive.Max)
        {
            diagnostics.Report(rule, number.Label.Position, $"{owner}: the maxValue of {name} is above {number.Primitive.Max}");
        }
        else if (number.Primitive == PrimitiveType.UInt32 && number.Max.Integer > SignedMax)
        {
            diagnostics.Report(rule, number.Label.Position, $"{owner}: a uint32 {name} needs a maxValue of at most {SignedMax}");
        }
    }
}

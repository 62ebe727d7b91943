using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>The fixed part: fields of a block that is known to be there, and members of composites.</summary>
internal readonly ref struct MemberWalk(WireReader wire, IMessageSink sink, long version)
{
    private readonly WireReader _wire = wire;

    internal void Members(IReadOnlyList<MemberLayout> members, int start)
    {
        foreach (MemberLayout member in members)
        {
            if (member.Constant is { } constant)
            {
                Constant(member, constant);
            }
            else if (member.SinceVersion > version)
            {
                sink.OnAbsent(member);
            }
            else
            {
                Member(member, start + member.Offset);
            }
        }
    }

    private void Member(MemberLayout member, int offset)
    {
        switch (member.Type)
        {
            case ScalarLayout { Count: 1 } scalar:
                WireValue value = _wire.Number(offset, scalar.Primitive);
                sink.OnNumber(member, scalar.Primitive, value, IsNull(member, value));
                break;
            case ScalarLayout { IsText: true } text:
                ReadOnlySpan<byte> bytes = _wire.Slice(offset, text.LengthBytes);
                int end = bytes.IndexOf((byte)0);
                sink.OnText(member, end < 0 ? bytes : bytes[..end], text.Encoding);
                break;
            case ScalarLayout array:
                Array(member, array, offset);
                break;
            case EnumLayout enumeration:
                WireValue number = _wire.Number(offset, enumeration.Primitive);
                sink.OnEnum(member, number, NameOf(enumeration, number));
                break;
            case SetLayout set:
                sink.OnSet(member, set, _wire.Bits(offset, set.LengthBytes));
                break;
            case CompositeLayout composite:
                sink.BeginComposite(member, composite);
                Members(composite.Members, offset);
                sink.EndComposite(member);
                break;
            default:
                throw new NotSupportedException($"{member.Label.Name}: a {member.Type.GetType().Name} has no bytes");
        }
    }

    private void Array(MemberLayout member, ScalarLayout array, int offset)
    {
        var values = new WireValue[array.Count];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = _wire.Number(offset + (index * array.Primitive.SizeBytes), array.Primitive);
        }

        sink.OnArray(member, array.Primitive, values);
    }

    private void Constant(MemberLayout member, ConstantLayout constant)
    {
        if (constant.Bytes is { } bytes)
        {
            sink.OnText(member, [.. bytes], (member.Type as ScalarLayout)?.Encoding);
        }
        else if (member.Type is EnumLayout && constant.Enum is not null)
        {
            sink.OnEnum(member, constant.EnumValue.Value, constant.EnumValue.Label.Name);
        }
        else if ((constant.Number ?? (constant.Enum is null ? default(WireValue?) : constant.EnumValue.Value)) is { } number)
        {
            sink.OnNumber(member, member.Type is ScalarLayout scalar ? scalar.Primitive : PrimitiveType.Int64, number, isNull: false);
        }
        else
        {
            sink.OnAbsent(member);
        }
    }

    private static bool IsNull(MemberLayout member, WireValue value) =>
        member.Null is { } nullValue && (value.IsReal ? value.Real.Equals(nullValue.Real) : value.Integer == nullValue.Integer);

    private static string? NameOf(EnumLayout enumeration, WireValue value)
    {
        foreach (NamedValue candidate in enumeration.Values)
        {
            if (candidate.Value.Integer == value.Integer)
            {
                return candidate.Label.Name;
            }
        }

        return value.Integer == enumeration.Null.Integer ? "NULL_VALUE" : null;
    }
}

using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>The checks that header, dimension and data composites share.</summary>
/// <param name="diagnostics">Receives the findings.</param>
/// <param name="user">Who uses the composite, for messages.</param>
/// <param name="name">The composite.</param>
/// <param name="rule">What is broken if the composite cannot be used.</param>
internal sealed class WireComposite(DiagnosticBag diagnostics, string user, string name, Rule rule)
{
    /// <summary>The most that a length or count can be: both are signed in C#.</summary>
    internal const int SignedMax = int.MaxValue;

    /// <summary>The composite of this name. Nothing on the wire tells its length, so it cannot grow.</summary>
    internal CompositeLayout? Find(TypeBinder types, Label place, int sinceVersion)
    {
        TypeLayout? type = types.Resolve(name);
        if (type is not CompositeLayout composite)
        {
            if (name.Length > 0)
            {
                diagnostics.Report(rule, place.Position, $"{user}, type {name} is {(type is null ? "not defined" : "not a composite")}");
            }

            return null;
        }

        foreach (MemberLayout member in composite.Members.Where(member => member.SinceVersion > sinceVersion))
        {
            Report(member, $"{member.Label.Name} is of version {member.SinceVersion}; readers of version {sinceVersion} take its bytes for what follows");
        }

        return composite;
    }

    /// <summary>The member of this name, which must be an integer.</summary>
    internal MemberLayout? Number(CompositeLayout composite, string memberName)
    {
        MemberLayout? member = composite.Find(memberName);
        if (member is { Type: ScalarLayout { Count: 1, Primitive: { IsReal: false, IsChar: false } }, Constant: null })
        {
            return member;
        }

        diagnostics.Report(rule, (member?.Label ?? composite.Label).Position, $"{user}, type {name}: needs an integer member {memberName}");
        return null;
    }

    /// <summary>A length must be unsigned, and should have a width that other tools know.</summary>
    internal void CheckLength(MemberLayout member, params string[] usual)
    {
        if (((ScalarLayout)member.Type).Primitive.IsUnsigned)
        {
            CheckUsual(member, usual);
        }
        else
        {
            Report(member, $"{member.Label.Name} must be unsigned");
        }
    }

    /// <summary>Without the user's name: many users of one composite are one finding.</summary>
    internal void CheckUsual(MemberLayout member, params string[] usual)
    {
        string width = ((ScalarLayout)member.Type).Primitive.Name;
        if (!usual.Contains(width))
        {
            diagnostics.Report(
                Rules.UnusualWidth, member.Label.Position, $"type {name}: {member.Label.Name} is {width}; other tools expect {string.Join(" or ", usual)}");
        }
    }

    internal void CheckMaximum(MemberLayout member)
    {
        var number = (ScalarLayout)member.Type;
        if (number.Max.Integer > number.Primitive.Max)
        {
            Report(member, $"the maxValue of {member.Label.Name} is above {number.Primitive.Max}");
        }
        else if (number.Primitive == PrimitiveType.UInt32 && number.Max.Integer > SignedMax)
        {
            Report(member, $"a uint32 {member.Label.Name} needs a maxValue of at most {SignedMax}");
        }
    }

    internal void Report(MemberLayout member, string message) => diagnostics.Report(rule, member.Label.Position, $"{user}, type {name}: {message}");
}

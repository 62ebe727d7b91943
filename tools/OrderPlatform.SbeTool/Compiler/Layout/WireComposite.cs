using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>The checks that header, dimension and data composites share.</summary>
/// <param name="diagnostics">Receives the findings.</param>
/// <param name="owner">Who uses the composite, for messages.</param>
/// <param name="rule">What is broken if the composite cannot be used.</param>
internal sealed class WireComposite(DiagnosticBag diagnostics, string owner, Rule rule)
{
    /// <summary>The most that a length or count can be: both are signed in C#.</summary>
    internal const int SignedMax = int.MaxValue;

    /// <summary>The composite of this name. Nothing on the wire tells its length, so it cannot grow.</summary>
    internal CompositeLayout? Find(TypeBinder types, string name, Label user, int sinceVersion)
    {
        TypeLayout? type = types.Resolve(name);
        if (type is not CompositeLayout composite)
        {
            if (name.Length > 0)
            {
                diagnostics.Report(rule, user.Position, type is null ? $"{owner} is not defined" : $"{owner} is not a composite");
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
    internal MemberLayout? Number(CompositeLayout composite, string name)
    {
        MemberLayout? member = composite.Find(name);
        if (member is { Type: ScalarLayout { Count: 1, Primitive: { IsReal: false, IsChar: false } }, Constant: null })
        {
            return member;
        }

        diagnostics.Report(rule, (member?.Label ?? composite.Label).Position, $"{owner}: needs an integer member {name}");
        return null;
    }

    internal void CheckUnsigned(MemberLayout member)
    {
        if (!((ScalarLayout)member.Type).Primitive.IsUnsigned)
        {
            Report(member, $"{member.Label.Name} must be unsigned");
        }
    }

    internal void CheckUsual(MemberLayout member, params string[] usual)
    {
        string name = ((ScalarLayout)member.Type).Primitive.Name;
        if (!usual.Contains(name))
        {
            diagnostics.Report(
                Rules.UnusualWidth, member.Label.Position, $"{owner}: {member.Label.Name} is {name}; other tools expect {string.Join(" or ", usual)}");
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

    internal void Report(MemberLayout member, string message) => diagnostics.Report(rule, member.Label.Position, $"{owner}: {message}");
}

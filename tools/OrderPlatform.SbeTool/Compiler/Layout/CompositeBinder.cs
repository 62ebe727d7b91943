using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Lays out the members of composites.</summary>
internal sealed class CompositeBinder(DiagnosticBag diagnostics, TypeBinder types)
{
    private readonly VersionChecker _versions = new(diagnostics);
    private readonly Dictionary<TypeLayout, int> _memberCounts = [];

    internal CompositeLayout Bind(CompositeDefinition composite)
    {
        List<MemberLayout> members = BindMembers(composite);
        int end = members.Count == 0 ? 0 : members[members.Count - 1].End;
        bool isVariable = members.Any(static member => IsVariable(member.Type));
        var layout = new CompositeLayout(composite.Label, composite.SemanticType, end, members, isVariable);
        _memberCounts[layout] = members.Sum(CountOf);
        _versions.Check(layout);
        return layout;
    }

    private List<MemberLayout> BindMembers(CompositeDefinition composite)
    {
        var members = new List<MemberLayout>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        int end = 0;
        int count = 0;
        foreach (TypeDefinition definition in composite.Members)
        {
            Label label = definition.Label;
            if (!names.Add(label.Name))
            {
                diagnostics.Report(Rules.DuplicateMember, label.Position, $"composite {composite.Label.Name}: {label.Name} is there twice");
            }

            if (TypeOf(definition, composite) is not { } type)
            {
                continue;
            }

            if (definition.Offset is { } offset && offset < end)
            {
                diagnostics.Report(
                    Rules.OffsetOverlap, label.Position,
                    $"composite {composite.Label.Name}: offset {offset} of {label.Name} lies before {end}, the end of what precedes");
            }

            int since = Math.Max(label.SinceVersion, type.Label.SinceVersion);
            var member = new MemberLayout(
                label, 0, type, Math.Max(definition.Offset ?? end, end), PresenceOf(type), since, (type as ScalarLayout)?.Constant);
            end = member.End;
            count += CountOf(member);
            if (!CheckSize(composite, label, end, count))
            {
                break;
            }

            members.Add(member);
        }

        return members;
    }

    private static Presence PresenceOf(TypeLayout type) => type switch
    {
        ScalarLayout scalar => scalar.Presence,
        EnumLayout enumeration => enumeration.Presence,
        _ => Presence.Required,
    };

    private static bool IsVariable(TypeLayout type) => type is ScalarLayout { Count: 0 } or CompositeLayout { IsVariable: true };

    private int CountOf(MemberLayout member) => 1 + (_memberCounts.TryGetValue(member.Type, out int inner) ? inner : 0);

    /// <summary>A few composites that refer to each other twice each would have more members than any memory.</summary>
    private bool CheckSize(CompositeDefinition composite, Label label, int end, int count)
    {
        if (end > SchemaLimits.BlockBytesMax)
        {
            diagnostics.Report(
                Rules.BadLength, label.Position, $"composite {composite.Label.Name}: more than {SchemaLimits.BlockBytesMax} bytes up to {label.Name}");
            return false;
        }

        if (count > SchemaLimits.MembersMax)
        {
            diagnostics.Report(
                Rules.RefCycle, label.Position, $"composite {composite.Label.Name}: more than {SchemaLimits.MembersMax} members up to {label.Name}");
            return false;
        }

        return true;
    }

    private TypeLayout? TypeOf(TypeDefinition definition, CompositeDefinition composite)
    {
        if (definition is not RefDefinition reference)
        {
            return types.Bind(definition);
        }

        TypeLayout? type = types.Resolve(reference.TypeName);
        if (type is null && reference.TypeName.Length > 0)
        {
            bool isCycle = types.IsDefined(reference.TypeName);
            string reason = isCycle ? "around it" : "not defined";
            diagnostics.Report(
                isCycle ? Rules.RefCycle : Rules.UnknownType, definition.Label.Position,
                $"composite {composite.Label.Name}: ref {definition.Label.Name} names '{reference.TypeName}', which is {reason}");
        }

        return type;
    }
}

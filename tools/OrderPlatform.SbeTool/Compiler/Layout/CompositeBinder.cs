using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Lays out the members of composites.</summary>
internal sealed class CompositeBinder(DiagnosticBag diagnostics, TypeBinder types)
{
    internal CompositeLayout Bind(CompositeDefinition composite)
    {
        var members = new List<MemberLayout>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        int end = 0;
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

            CheckVersion(composite, label, type);
            if (definition.Offset is { } offset && offset < end)
            {
                diagnostics.Report(Rules.OffsetOverlap, label.Position, $"composite {composite.Label.Name}: offset {offset} of {label.Name} lies before {end}, the end of what precedes");
            }

            var member = new MemberLayout(label, 0, type, Math.Max(definition.Offset ?? end, end), PresenceOf(type), label.SinceVersion, (type as ScalarLayout)?.Constant);
            members.Add(member);
            end = member.End;
        }

        bool isVariable = members.Any(static member => IsVariable(member.Type));
        return new CompositeLayout(composite.Label, composite.SemanticType, end, members, isVariable);
    }

    private static Presence PresenceOf(TypeLayout type) => (type as ScalarLayout)?.Presence ?? Presence.Required;

    private static bool IsVariable(TypeLayout type) => type is ScalarLayout { Count: 0 } or CompositeLayout { IsVariable: true };

    private TypeLayout? TypeOf(TypeDefinition definition, CompositeDefinition composite)
    {
        if (definition is not RefDefinition reference)
        {
            return types.Bind(definition);
        }

        TypeLayout? type = types.Resolve(reference.TypeName);
        if (type is null && reference.TypeName.Length > 0)
        {
            diagnostics.Report(Rules.UnknownType, definition.Label.Position, $"composite {composite.Label.Name}: ref {definition.Label.Name} names '{reference.TypeName}', which is not a complete type");
        }

        return type;
    }

    private void CheckVersion(CompositeDefinition composite, Label label, TypeLayout type)
    {
        if (Math.Max(label.SinceVersion, type.Label.SinceVersion) > composite.Label.SinceVersion)
        {
            diagnostics.Report(
                Rules.NotSupported, label.Position,
                $"composite {composite.Label.Name}: member {label.Name} with a later sinceVersion than the composite is not supported yet; add a new composite and field instead");
        }
    }
}

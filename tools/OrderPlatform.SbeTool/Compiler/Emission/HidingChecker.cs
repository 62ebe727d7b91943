using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Finds members that have the name of a type which the code around them needs by that name: C# would take the member.</summary>
internal sealed class HidingChecker(DiagnosticBag diagnostics)
{
    /// <summary>Checks a message or entry; its properties and nested codecs are in sight of those of inner groups.</summary>
    internal void Check(BlockLayout block)
    {
        CheckProperties(block.Fields, EnumsIn(block));
        List<CompositeLayout> composites = [.. FieldsIn(block).Select(static field => field.Type).OfType<CompositeLayout>()];
        foreach (GroupLayout group in block.Groups)
        {
            if (composites.Exists(composite => CSharpNames.Of(composite.Label) == CSharpNames.Of(group.Label)))
            {
                Report(group.Label, "composite");
            }

            Check(group.Block);
        }
    }

    internal void Check(CompositeLayout composite) => CheckProperties(composite.Members, EnumsIn(composite.Members, static _ => false));

    /// <summary>A property of the enum's own type may have its name; another hides it where a value of the enum is written out.</summary>
    private void CheckProperties(IReadOnlyList<MemberLayout> members, List<EnumLayout> enums)
    {
        foreach (MemberLayout member in members)
        {
            if (enums.Exists(enumeration => enumeration != member.Type && CSharpNames.Of(enumeration.Label) == CSharpNames.Of(member.Label)))
            {
                Report(member.Label, "enum");
            }
        }
    }

    private static IEnumerable<MemberLayout> FieldsIn(BlockLayout block) => block.Fields.Concat(block.Groups.SelectMany(static group => FieldsIn(group.Block)));

    private static List<EnumLayout> EnumsIn(BlockLayout block) =>
        [.. EnumsIn(block.Fields, block.IsAddition), .. block.Groups.SelectMany(static group => EnumsIn(group.Block))];

    /// <summary>The enums of which code names a value: null ones, absent ones, constants.</summary>
    private static List<EnumLayout> EnumsIn(IReadOnlyList<MemberLayout> members, Func<MemberLayout, bool> isAddition) =>
    [
        .. Leaves.Of(members).Where(leaf => leaf.Member.Null is not null || leaf.SinceVersion > 0 || isAddition(leaf.Field))
            .Select(static leaf => leaf.Member.Type).OfType<EnumLayout>(),
        .. members.Select(static member => member.Constant?.Enum).OfType<EnumLayout>(),
    ];

    private void Report(Label label, string kind) => diagnostics.Report(
        Rules.NameClash, label.Position,
        $"{label.Name}: the C# name {CSharpNames.Of(label)} hides the {kind} of that name from code in the same message; rename one of them");
}

using System.Text.RegularExpressions;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Every name must be one that C# can have, and must not begin like the names that generated code keeps for itself.</summary>
internal sealed class NameChecker(DiagnosticBag diagnostics)
{
    private static readonly Regex Valid = new("^(?!__|_$)[A-Za-z_][A-Za-z0-9_]{0,63}$", RegexOptions.CultureInvariant);
    private static readonly Regex ValidPackage = new(@"^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*$", RegexOptions.CultureInvariant);

    internal void Check(SchemaDefinition schema)
    {
        if (schema.Package.Length > 0 && !ValidPackage.IsMatch(schema.Package))
        {
            diagnostics.Report(
                Rules.BadName, schema.Label.Position, $"package '{schema.Package}' must be words of letters, digits, underscores and hyphens with dots between");
        }

        foreach (TypeDefinition type in schema.Types)
        {
            Check(type);
        }

        foreach (MessageDefinition message in schema.Messages)
        {
            Check(message.Label);
            Check(message.Block);
        }
    }

    private void Check(BlockDefinition block)
    {
        foreach (Label label in block.Fields.Select(static item => item.Label).Concat(block.Data.Select(static item => item.Label)))
        {
            Check(label);
        }

        foreach (GroupDefinition group in block.Groups)
        {
            Check(group.Label);
            Check(group.Block);
        }
    }

    private void Check(TypeDefinition type)
    {
        Check(type.Label);
        switch (type)
        {
            case CompositeDefinition composite:
                foreach (TypeDefinition member in composite.Members)
                {
                    Check(member);
                }

                break;
            case EnumDefinition enumeration:
                CheckValues(enumeration.Values);
                break;
            case SetDefinition set:
                CheckValues(set.Choices);
                break;
        }
    }

    private void CheckValues(IReadOnlyList<ValueDefinition> values)
    {
        foreach (ValueDefinition value in values)
        {
            Check(value.Label);
            if (value.Label.Name is EnumBinder.NullName or "value__")
            {
                diagnostics.Report(
                    Rules.NameClash, value.Label.Position, $"the name {value.Label.Name} is taken: every C# enum of a schema has it already");
            }
        }
    }

    private void Check(Label label)
    {
        if (label.Name.Length > 0 && !Valid.IsMatch(label.Name))
        {
            diagnostics.Report(
                Rules.BadName, label.Position,
                $"'{label.Name}' must be letters, digits and underscores, not begin with a digit or two underscores, not be one underscore,"
                + " and have 64 characters at most");
        }
    }
}

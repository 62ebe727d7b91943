using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>The middle: definitions to the intermediate representation, with every rule that needs more than one element.</summary>
internal sealed class SchemaBinder(DiagnosticBag diagnostics)
{
    /// <summary>The layout of the schema; complete only if no error was reported.</summary>
    internal SchemaLayout? Bind(SchemaDefinition schema)
    {
        var types = new TypeBinder(schema, diagnostics);
        var wireTypes = new WireTypeBinder(diagnostics, types);
        var blocks = new BlockBinder(schema, diagnostics, types, wireTypes);
        var versions = new VersionChecker(diagnostics);
        foreach (TypeDefinition type in schema.Types)
        {
            versions.CheckNumbers(type, schema.Version);
        }

        HeaderLayout? header = wireTypes.BindHeader(schema);
        types.BindAll();
        CheckMessages(schema, versions);
        List<MessageLayout> messages = [.. schema.Messages.Select(blocks.Bind)];
        if (header is null)
        {
            return null;
        }

        CheckHeaderHolds(schema, header, messages);
        return new SchemaLayout(schema, header, [.. types.NamedTypes.Where(type => IsEmitted(type, header, messages))], messages);
    }

    /// <summary>Composites that only carry the wire (header, dimensions, lengths) get no codec of their own, unless a field has such a type too.</summary>
    private static bool IsEmitted(TypeLayout type, HeaderLayout header, List<MessageLayout> messages) =>
        type is not CompositeLayout composite
        || messages.Any(message => IsFieldType(composite, message.Block))
        || !(composite.IsVariable || composite == header.Composite || messages.Any(message => IsWireType(composite, message.Block)));

    private static bool IsFieldType(CompositeLayout composite, BlockLayout block) =>
        Contains(block.Fields, composite) || block.Groups.Any(group => IsFieldType(composite, group.Block));

    private static bool Contains(IReadOnlyList<MemberLayout> members, CompositeLayout composite) =>
        members.Any(member => member.Type is CompositeLayout inner && (inner == composite || Contains(inner.Members, composite)));

    private static bool IsWireType(CompositeLayout composite, BlockLayout block) =>
        block.Data.Any(item => item.Composite == composite)
        || block.Groups.Any(group => group.Dimension.Composite == composite || IsWireType(composite, group.Block));

    private void CheckMessages(SchemaDefinition schema, VersionChecker versions)
    {
        var ids = new HashSet<int>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (MessageDefinition message in schema.Messages)
        {
            Label label = message.Label;
            versions.CheckNumbers(label, schema.Version);
            if (!ids.Add(message.Id))
            {
                diagnostics.Report(Rules.DuplicateId, label.Position, $"message {label.Name}: id {message.Id} is already used");
            }

            if (!names.Add(label.Name))
            {
                diagnostics.Report(Rules.DuplicateName, label.Position, $"message {label.Name} is there twice");
            }
        }
    }

    private void CheckHeaderHolds(SchemaDefinition schema, HeaderLayout header, List<MessageLayout> messages)
    {
        CheckHolds(header.SchemaId, schema.Id, schema.Label, "schema id", Rules.BadHeader);
        CheckHolds(header.Version, schema.Version, schema.Label, "schema version", Rules.BadHeader);
        foreach (MessageLayout message in messages)
        {
            CheckHolds(header.TemplateId, message.Id, message.Label, $"id of message {message.Label.Name}", Rules.BadHeader);
            CheckHolds(header.BlockLength, message.Block.BlockLength, message.Label, $"block length of message {message.Label.Name}", Rules.BadHeader);
            CheckDimensionsHold(message.Block);
        }
    }

    private void CheckDimensionsHold(BlockLayout block)
    {
        foreach (GroupLayout group in block.Groups)
        {
            CheckHolds(
                group.Dimension.BlockLength, group.Block.BlockLength, group.Label, $"block length of group {group.Label.Name}", Rules.BadDimension);
            CheckDimensionsHold(group.Block);
        }
    }

    private void CheckHolds(NumberSlot slot, int value, Label label, string what, Rule rule)
    {
        if (value > slot.Primitive.Highest)
        {
            diagnostics.Report(rule, label.Position, $"the {what}, {value}, does not fit into the {slot.Primitive.Name} that carries it");
        }
    }
}

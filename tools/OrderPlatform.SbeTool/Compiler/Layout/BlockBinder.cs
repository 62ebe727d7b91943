using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Lays out the fields of messages and groups, and what follows them.</summary>
internal sealed class BlockBinder(SchemaDefinition schema, DiagnosticBag diagnostics, TypeBinder types, WireTypeBinder wireTypes)
{
    private readonly VersionChecker _versions = new(diagnostics);

    internal MessageLayout Bind(MessageDefinition message) =>
        new(message.Label, message.Id, Bind(message.Block, message.Label, message.Label.SinceVersion, $"message {message.Label.Name}"), message.Meaning);

    private BlockLayout Bind(BlockDefinition block, Label owner, int baseVersion, string path)
    {
        CheckUnique(block, path);
        List<MemberLayout> fields = BindFields(block, baseVersion, path);
        int end = fields.Select(static member => member.End).DefaultIfEmpty(0).Max();
        if (block.BlockLength > 0 && block.BlockLength < end)
        {
            diagnostics.Report(Rules.BlockLengthTooSmall, owner.Position, $"{path}: blockLength {block.BlockLength} is below the {end} bytes of its fields");
        }

        int length = Math.Max(block.BlockLength, end);
        List<GroupLayout> groups = BindGroups(block, length, baseVersion, path);
        List<DataLayout> data = [.. block.Data.Select(item => wireTypes.BindData(item, Math.Max(item.Label.SinceVersion, baseVersion))).OfType<DataLayout>()];
        var layout = new BlockLayout(length, end, baseVersion, fields, groups, data);
        _versions.Check(layout, path);
        return layout;
    }

    private List<GroupLayout> BindGroups(BlockDefinition block, int blockLength, int baseVersion, string path)
    {
        var groups = new List<GroupLayout>();
        foreach (GroupDefinition group in block.Groups)
        {
            int since = Math.Max(group.Label.SinceVersion, baseVersion);
            BlockLayout entry = Bind(group.Block, group.Label, since, $"{path}, group {group.Label.Name}");
            if (wireTypes.BindDimension(group, since) is { } dimension)
            {
                groups.Add(new GroupLayout(group.Label, group.Id, groups.Count == 0 ? blockLength : -1, dimension, entry));
            }
        }

        return groups;
    }

    private List<MemberLayout> BindFields(BlockDefinition block, int baseVersion, string path)
    {
        var fields = new List<MemberLayout>();
        int end = 0;
        foreach (FieldDefinition definition in block.Fields)
        {
            if (TypeOf(definition, path) is not { } type)
            {
                continue;
            }

            if (definition.Offset is { } offset && offset < end)
            {
                diagnostics.Report(
                    Rules.OffsetOverlap, definition.Label.Position,
                    $"{path}: offset {offset} of {definition.Label.Name} lies before {end}, the end of what precedes");
            }

            Presence presence = PresenceOf(definition, type);
            ConstantLayout? constant = ConstantOf(definition, type, presence);
            int since = Math.Max(Math.Max(definition.Label.SinceVersion, type.Label.SinceVersion), baseVersion);
            var member = new MemberLayout(
                definition.Label, definition.Id, type, Math.Max(definition.Offset ?? end, end), presence, since, constant, definition.Meaning);
            end = member.End;
            if (end > SchemaLimits.BlockBytesMax)
            {
                diagnostics.Report(
                    Rules.BadLength, definition.Label.Position,
                    $"{path}: more than {SchemaLimits.BlockBytesMax} bytes up to {definition.Label.Name}");
                break;
            }

            fields.Add(member);
        }

        return fields;
    }

    private TypeLayout? TypeOf(FieldDefinition definition, string path)
    {
        TypeLayout? type = types.Resolve(definition.TypeName);
        SourcePosition position = definition.Label.Position;
        if (type is null && definition.TypeName.Length > 0)
        {
            diagnostics.Report(Rules.UnknownType, position, $"{path}: field {definition.Label.Name} has the undefined type '{definition.TypeName}'");
        }

        if (type is CompositeLayout { IsVariable: true })
        {
            diagnostics.Report(Rules.BadData, position, $"{path}: {definition.Label.Name} has a variable type and must be a data element, not a field");
        }

        if (type?.SemanticType is { } ofType && definition.Meaning.SemanticType is { } ofField && ofType != ofField)
        {
            diagnostics.Report(Rules.SemanticMismatch, position, $"{path}: {definition.Label.Name} is semantically '{ofField}', its type '{ofType}'");
        }

        return type;
    }

    private static Presence PresenceOf(FieldDefinition definition, TypeLayout type) =>
        type is ScalarLayout { Presence: Presence.Constant } ? Presence.Constant
        : definition.Presence ?? (type as ScalarLayout)?.Presence ?? (type as EnumLayout)?.Presence ?? Presence.Required;

    private ConstantLayout? ConstantOf(FieldDefinition definition, TypeLayout type, Presence presence)
    {
        if (presence != Presence.Constant)
        {
            return null;
        }

        if (type is ScalarLayout { Presence: Presence.Constant } scalar)
        {
            return scalar.Constant;
        }

        if (type is SetLayout or CompositeLayout)
        {
            diagnostics.Report(
                Rules.BadConstant, definition.Label.Position,
                $"field {definition.Label.Name}: {type.Label.Name} is a {(type is SetLayout ? "set" : "composite")}, and those cannot be constant");
            return null;
        }

        return types.Constants.OfField(definition, type);
    }

    private void CheckUnique(BlockDefinition block, string path)
    {
        var ids = new HashSet<int>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<(Label Label, int Id)> all =
            block.Fields.Select(static item => (item.Label, item.Id))
                .Concat(block.Groups.Select(static item => (item.Label, item.Id)))
                .Concat(block.Data.Select(static item => (item.Label, item.Id)));
        foreach ((Label label, int id) in all)
        {
            if (!ids.Add(id))
            {
                diagnostics.Report(Rules.DuplicateId, label.Position, $"{path}: id {id} of {label.Name} is already used");
            }

            if (!names.Add(label.Name))
            {
                diagnostics.Report(Rules.DuplicateName, label.Position, $"{path}: {label.Name} is there twice");
            }

            _versions.CheckNumbers(label, schema.Version);
        }
    }
}

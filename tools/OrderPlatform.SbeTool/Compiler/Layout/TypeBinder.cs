using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>Resolves names to layouts; each type is bound once, whatever the order of definitions.</summary>
internal sealed class TypeBinder
{
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, TypeDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<TypeDefinition, TypeLayout?> _layouts = [];
    private readonly HashSet<TypeDefinition> _path = [];
    private readonly ScalarBinder _scalars;
    private readonly EnumBinder _enums;
    private readonly CompositeBinder _composites;

    internal TypeBinder(SchemaDefinition schema, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        Constants = new ConstantBinder(diagnostics, Resolve);
        _scalars = new ScalarBinder(diagnostics, Constants);
        _enums = new EnumBinder(diagnostics, Resolve);
        _composites = new CompositeBinder(diagnostics, this);
        foreach (TypeDefinition definition in schema.Types)
        {
            Define(definition);
        }
    }

    internal ConstantBinder Constants { get; }

    /// <summary>Every enum, set and composite bound so far, inline ones too, in the order of their text, included files last.</summary>
    internal IEnumerable<TypeLayout> NamedTypes =>
        _layouts.Values.OfType<TypeLayout>().Where(static layout => layout is not ScalarLayout)
            .OrderBy(static layout => layout.Label.Position.File, StringComparer.Ordinal)
            .ThenBy(static layout => layout.Label.Position.Line).ThenBy(static layout => layout.Label.Position.Column);

    internal void BindAll()
    {
        foreach (TypeDefinition definition in _definitions.Values.ToList())
        {
            Bind(definition);
        }
    }

    /// <summary>The layout of a primitive or of a type of the schema; null, without a report, if there is none.</summary>
    internal TypeLayout? Resolve(string name) =>
        PrimitiveType.Find(name) is { } primitive ? ScalarBinder.OfPrimitive(primitive)
        : _definitions.TryGetValue(name, out TypeDefinition? definition) ? Bind(definition)
        : null;

    /// <summary>Whether the schema defines a type of this name; if so, <see cref="Resolve"/> gives nothing only inside the type itself.</summary>
    internal bool IsDefined(string name) => _definitions.ContainsKey(name);

    /// <summary>The layout of a definition; null, without a report, inside the definition itself.</summary>
    internal TypeLayout? Bind(TypeDefinition definition)
    {
        if (_layouts.TryGetValue(definition, out TypeLayout? known))
        {
            return known;
        }

        if (_path.Count > SchemaLimits.DepthMax)
        {
            _diagnostics.Report(
                Rules.RefCycle, definition.Label.Position, $"{definition.Label.Name}: composites are nested deeper than {SchemaLimits.DepthMax}");
            return null;
        }

        if (!_path.Add(definition))
        {
            return null;
        }

        TypeLayout? layout = definition switch
        {
            EncodedTypeDefinition type => _scalars.Bind(type),
            EnumDefinition enumeration => _enums.Bind(enumeration),
            SetDefinition set => _enums.Bind(set),
            CompositeDefinition composite => _composites.Bind(composite),
            _ => null,
        };
        _path.Remove(definition);
        _layouts[definition] = layout;
        return layout;
    }

    private void Define(TypeDefinition definition)
    {
        string name = definition.Label.Name;
        if (name.Length == 0)
        {
            return;
        }

        if (PrimitiveType.Find(name) is not null)
        {
            _diagnostics.Report(Rules.RedefinesPrimitive, definition.Label.Position, $"'{name}' is a primitive type; choose another name");
        }
        else if (_definitions.TryGetValue(name, out TypeDefinition? first))
        {
            _diagnostics.Report(Rules.DuplicateType, definition.Label.Position, $"type {name} is already defined in {first.Label.Position.Describe()}");
        }
        else
        {
            _definitions.Add(name, definition);
        }
    }
}

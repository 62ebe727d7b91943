namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>What was done to a schema.</summary>
public enum ChangeKind
{
    Added,
    Removed,
    Renamed,
    IdChanged,
    Moved,
    TypeChanged,
    LengthChanged,
    TextEncodingChanged,
    NullChanged,
    RangeChanged,
    PresenceChanged,
    ConstantChanged,
    SinceVersionChanged,
    Deprecated,
    SemanticTypeChanged,
    BlockLengthChanged,
    TemplateIdReused,
    HeaderChanged,
    DimensionChanged,
    DataLengthChanged,
    ValueChanged,
    BitMoved,
    ByteOrderChanged,
    SchemaIdChanged,
    VersionNotRaised,
    VersionLowered,
}

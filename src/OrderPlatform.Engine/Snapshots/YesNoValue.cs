using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>Truth values in records.</summary>
internal static class YesNoValue
{
    public static YesNo Of(bool value) => value ? YesNo.Yes : YesNo.No;

    /// <summary>Reads one.</summary>
    /// <exception cref="SnapshotException">It is neither.</exception>
    public static bool Read(in SnapshotReader reader, YesNo value, string field)
    {
        reader.Require(value is YesNo.Yes or YesNo.No, field, (long)value);
        return value == YesNo.Yes;
    }
}

using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl.Counters;

/// <summary>The layout of counters: a record of metadata and a record of values each. Source: aeron_counters_manager.h of Aeron 1.52.</summary>
public static class CountersDescriptor
{
    public const int MetaDataRecordLength = 512;
    public const int StateOffset = 0;
    public const int TypeIdOffset = 4;
    public const int FreeForReuseDeadlineMsOffset = 8;
    public const int KeyOffset = 16;
    public const int KeyMaxLength = 112;
    public const int LabelLengthOffset = 128;
    public const int LabelOffset = 132;
    public const int LabelMaxLength = 380;

    public const int ValueRecordLength = 128;
    public const int ValueOffset = 0;
    public const int RegistrationIdOffset = 8;
    public const int OwnerIdOffset = 16;
    public const int ReferenceIdOffset = 24;

    public const int RecordUnused = 0;
    public const int RecordAllocated = 1;
    public const int RecordReclaimed = -1;

    /// <summary>The deadline of a counter in use.</summary>
    public const long NotFreeToReuse = long.MaxValue;

    /// <summary>How many counters have a record in both buffers.</summary>
    public static int Capacity(UnsafeBuffer metaData, UnsafeBuffer values) =>
        (int)Math.Min(int.MaxValue, Math.Min(metaData.CapacityBytes / MetaDataRecordLength, values.CapacityBytes / ValueRecordLength));
}

using System;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>A snapshot that cannot be restored: one line that names the record, the field and what is wrong. No engine was made of it.</summary>
public sealed class SnapshotException : Exception
{
    internal SnapshotException(string record, string field, string what)
        : base($"{record}{(field.Length == 0 ? "" : ", field ")}{field}: {what}: restore an older snapshot, or replay the journal from its start")
    {
        Record = record;
        Field = field;
    }

    /// <summary>Which record: its number from 1 and its name.</summary>
    public string Record { get; }

    /// <summary>Which field of it, as the schema calls it; empty if the record as a whole is wrong.</summary>
    public string Field { get; }
}

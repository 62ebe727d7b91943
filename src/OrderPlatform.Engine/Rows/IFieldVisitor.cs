namespace OrderPlatform.Engine.Rows;

/// <summary>Does one thing with each field of a row: mixes it into a digest, writes it into a snapshot, reads it from one.</summary>
internal interface IFieldVisitor
{
    /// <summary>Visits a field.</summary>
    /// <param name="name">Its name in the record of the schema.</param>
    /// <param name="value">The field: an integer, a truth value, an enumeration, a fixed-point number, or an array of 64-bit integers without padding.</param>
    void Add<T>(string name, ref T value)
        where T : unmanaged;
}

/// <summary>
/// A row of a table. Its fields are listed once, in the order of its record in the schema, and from that list come digest, snapshot and restore: whoever
/// adds a field adds it to the list and to the schema, and tests find what was forgotten.
/// </summary>
/// <typeparam name="TRow">The row itself.</typeparam>
internal interface IRow<TRow>
    where TRow : struct
{
    /// <summary>Template of its record in a snapshot.</summary>
    static abstract ushort TemplateId { get; }

    /// <summary>Visits all fields that do not follow from other rows.</summary>
    static abstract void Visit<TVisitor>(ref TRow row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct;
}

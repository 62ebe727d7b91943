namespace OrderPlatform.Journal.Devices;

/// <summary>
/// What a journal asks of the machine: files that are mapped whole, their names, and when they are safe. Everything that can fail throws a
/// <see cref="JournalException"/>. Appending and reading go to memory and never through here.
/// </summary>
internal interface IJournalDevice
{
    /// <summary>Makes a directory, and those above it; nothing if it is there.</summary>
    void CreateDirectory(string directory);

    /// <summary>Keeps every other writer out until it is disposed or the process ends.</summary>
    IDisposable Lock(string directory);

    /// <summary>Whether a living writer keeps others out, as far as that can be told without keeping anyone out.</summary>
    bool IsLocked(string directory);

    /// <summary>Full paths of a directory's files with a suffix, in any order.</summary>
    string[] List(string directory, string suffix);

    /// <summary>Whether there is a file of this name.</summary>
    bool Exists(string path);

    /// <summary>Makes a file of zeros, writable, with all its blocks; its length is durable, its name is not. A file of this name must not exist.</summary>
    IJournalFile Create(string path, long lengthBytes);

    /// <summary>Maps a file that is there.</summary>
    IJournalFile Open(string path, bool isWritable);

    /// <summary>Gives a file another name, which nothing else has; open files stay open. Durable after <see cref="SyncDirectory"/>.</summary>
    void Rename(string path, string newPath);

    /// <summary>Removes a name; nothing if it is not there. Durable after <see cref="SyncDirectory"/>.</summary>
    void Delete(string path);

    /// <summary>Makes the names in a directory durable.</summary>
    void SyncDirectory(string directory);
}

/// <summary>A file that is mapped whole.</summary>
internal unsafe interface IJournalFile : IDisposable
{
    /// <summary>Its first byte in memory; valid until it is disposed. What is stored here, readers in other processes see at once.</summary>
    byte* Address { get; }

    /// <summary>Its length.</summary>
    long LengthBytes { get; }

    /// <summary>
    /// Puts bytes into the file by a system call, so that whatever fails is an error of this call. Readers may see any part of them before it returns, and all
    /// of them after. Durable after <see cref="Sync"/>.
    /// </summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Makes the bytes durable, and whatever else of the file is needed to read them. Others may become durable too, at any time and in any order.
    /// </summary>
    void Sync(long offset, long lengthBytes);

    /// <summary>Faults all pages in for writing, so that the writer's first store to each meets none.</summary>
    void Touch();
}

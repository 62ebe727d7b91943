using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal.Tests.Devices;

/// <summary>
/// A machine in memory that can lose its power. Sectors of 512 bytes are written whole or not at all; of what was not synced any part may survive, in any
/// order, so that a record over two sectors may be torn and a later one be whole. Names change in order, but may be lost from the end.
/// </summary>
internal sealed class MemoryDevice : IJournalDevice
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryFile> _names = [];
    private readonly List<Action<Dictionary<string, MemoryFile>>> _unsyncedNames = [];
    private Dictionary<string, MemoryFile> _durableNames = [];
    private bool _isLocked;

    /// <summary>Asked before each call that can fail; throws what the call is to fail with.</summary>
    public Action<string> Before { get; set; } = static _ => { };

    /// <summary>Called when a write has reached the file in part.</summary>
    public Action DuringWrite { get; set; } = static () => { };

    /// <summary>Called when the bytes of a sync are on the disk, and the one who asked does not know it yet.</summary>
    public Action AfterSync { get; set; } = static () => { };

    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (_gate)
                return [.. _names.Keys.Order()];
        }
    }

    /// <summary>The machine after a power cut: all that is durable, and what the disk happened to write of the rest.</summary>
    public MemoryDevice CutPower(Random random)
    {
        var survivor = new MemoryDevice();
        lock (_gate)
        {
            var names = new Dictionary<string, MemoryFile>(_durableNames);
            foreach (Action<Dictionary<string, MemoryFile>> change in _unsyncedNames.Take(random.Next(_unsyncedNames.Count + 1)))
                change(names);
            int share = random.Next(101);
            foreach ((string path, MemoryFile file) in names)
                survivor._names[path] = file.AfterPowerCut(survivor, random, share);
        }

        survivor._durableNames = new Dictionary<string, MemoryFile>(survivor._names);
        return survivor;
    }

    /// <summary>The same machine after the process was killed: the page cache has everything.</summary>
    public MemoryDevice Kill() => CutPower(new EverythingSurvives());

    /// <summary>The disk writes some of what it was not asked for yet.</summary>
    public void WriteBack(Random random)
    {
        lock (_gate)
        {
            int share = random.Next(101);
            foreach (MemoryFile file in _names.Values)
                file.WriteBack(random, share);
        }
    }

    public MemoryFile FileOf(string path) => _names[path];

    /// <summary>Puts other bytes in the place of a file, or of none.</summary>
    public void Replace(string path, byte[] bytes)
    {
        _names[path] = new MemoryFile(this, bytes);
        _durableNames[path] = _names[path];
    }

    /// <summary>Takes a file away, as somebody might.</summary>
    public void Remove(string path)
    {
        _names.Remove(path);
        _durableNames.Remove(path);
    }

    public void CreateDirectory(string directory) => Before("create directory");

    public IDisposable Lock(string directory)
    {
        Before("lock");
        if (_isLocked)
            throw new JournalException(JournalFault.Locked, "held", directory);
        _isLocked = true;
        return new Unlock(this);
    }

    public bool IsLocked(string directory) => _isLocked;

    public string[] List(string directory, string suffix)
    {
        lock (_gate)
            return [.. _names.Keys.Where(path => path.EndsWith(suffix, StringComparison.Ordinal))];
    }

    public bool Exists(string path)
    {
        lock (_gate)
            return _names.ContainsKey(path);
    }

    public IJournalFile Create(string path, long lengthBytes)
    {
        Before("create");
        var file = new MemoryFile(this, (int)lengthBytes);
        Change(names => names.Add(path, file));
        return new MemoryView(file);
    }

    public IJournalFile Open(string path, bool isWritable)
    {
        Before("open");
        lock (_gate)
        {
            return _names.TryGetValue(path, out MemoryFile? file)
                ? new MemoryView(file)
                : throw new JournalException(JournalFault.Unavailable, $"{path} is not there", path);
        }
    }

    public void Rename(string path, string newPath)
    {
        Before("rename");
        Change(names =>
        {
            if (!names.Remove(path, out MemoryFile? file))
                return;
            names.Add(newPath, file);
        });
    }

    public void Delete(string path)
    {
        Before("delete");
        Change(names => names.Remove(path));
    }

    public void SyncDirectory(string directory)
    {
        Before("sync directory");
        lock (_gate)
        {
            _durableNames = new Dictionary<string, MemoryFile>(_names);
            _unsyncedNames.Clear();
        }
    }

    private void Change(Action<Dictionary<string, MemoryFile>> change)
    {
        lock (_gate)
        {
            change(_names);
            _unsyncedNames.Add(change);
        }
    }

    private sealed class Unlock(MemoryDevice device) : IDisposable
    {
        public void Dispose() => device._isLocked = false;
    }

    private sealed class EverythingSurvives : Random
    {
        public override int Next(int maxValue) => maxValue - 1;
    }
}

namespace OrderPlatform.Runtime.Operating;

/// <summary>The files of a folder that only grows by this process: beyond the bound the oldest go.</summary>
internal sealed class KeptFiles
{
    private readonly Queue<string> _files;

    public KeptFiles(string folder)
    {
        _files = new Queue<string>(new DirectoryInfo(folder).EnumerateFiles().OrderBy(static file => file.LastWriteTimeUtc).Select(static file => file.FullName));
        Trim();
    }

    public void Add(string file)
    {
        _files.Enqueue(file);
        Trim();
    }

    private void Trim()
    {
        while (_files.Count > OperatorFolder.KeptMax)
        {
            File.Delete(_files.Dequeue());
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>How many sessions each source has, so that one cannot take all the room. The receiver's thread.</summary>
internal sealed class SourceSessions(int max)
{
    private readonly Dictionary<UdpAddress, int> _counts = [];

    /// <summary>Counts one more; false when the source has as many as it may.</summary>
    public bool TryAdd(in UdpAddress source)
    {
        if (_counts.GetValueOrDefault(source) >= max)
            return false;
        Add(source);
        return true;
    }

    /// <summary>Counts one more, whatever the limit.</summary>
    public void Add(in UdpAddress source) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, source, out _)++;

    /// <summary>One is gone.</summary>
    public void Remove(in UdpAddress source)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(_counts, source);
        if (!Unsafe.IsNullRef(ref count) && --count == 0)
            _counts.Remove(source);
    }
}

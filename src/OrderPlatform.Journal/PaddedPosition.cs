using System.Runtime.InteropServices;

namespace OrderPlatform.Journal;

/// <summary>A number with one writer that other threads read, with 128 bytes on either side that nobody writes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 264)]
internal sealed class PaddedPosition
{
    [FieldOffset(128)] private long _value;

    public long Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }
}

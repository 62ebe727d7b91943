using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>Memory with bytes before and behind that nobody may touch.</summary>
internal sealed class GuardedMemory : IDisposable
{
    private const int Guard = 4096;
    private const byte GuardByte = 0xA5;

    private readonly NativeBlock _block;
    private readonly int _length;

    internal GuardedMemory(int length)
    {
        _length = length;
        _block = new NativeBlock(length + (2 * Guard));
        _block.Buffer.AsSpan(0, Guard).Fill(GuardByte);
        _block.Buffer.AsSpan(Guard + length, Guard).Fill(GuardByte);
        Buffer = _block.Buffer.Slice(Guard, length);
    }

    internal UnsafeBuffer Buffer { get; }

    public void Dispose() => _block.Dispose();

    internal bool AreGuardsWhole() =>
        !_block.Buffer.AsSpan(0, Guard).ContainsAnyExcept(GuardByte) && !_block.Buffer.AsSpan(Guard + _length, Guard).ContainsAnyExcept(GuardByte);
}

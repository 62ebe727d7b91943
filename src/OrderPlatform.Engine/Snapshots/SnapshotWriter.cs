using System;
using System.Buffers;
using OrderPlatform.Engine.Digests;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>Hands out room for records and keeps their count and digest. The records lie one behind the other; each header tells its length.</summary>
internal ref struct SnapshotWriter(IBufferWriter<byte> sink)
{
    private readonly IBufferWriter<byte> _sink = sink;
    private Span<byte> _claimed;
    private DigestBuilder _digest;

    /// <summary>Records written.</summary>
    public ulong Records { get; private set; }

    /// <summary>Digest of the records written.</summary>
    public readonly ulong Digest => _digest.Value;

    /// <summary>Room for the next record; <see cref="Commit"/> makes it one.</summary>
    public Span<byte> Claim(int length)
    {
        _claimed = _sink.GetSpan(length)[..length];
        return _claimed;
    }

    public void Commit()
    {
        _digest.Add(_claimed);
        _sink.Advance(_claimed.Length);
        Records++;
    }
}

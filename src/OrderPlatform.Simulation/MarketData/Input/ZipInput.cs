using System.IO.Compression;

namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>
/// The content of a zip's entry with its length and CRC-32 checked at the end. The platform's zip reader checks neither, so a digit that
/// flipped in a stored entry would become a price.
/// </summary>
internal sealed class ZipInput(ZipArchive archive, ZipArchiveEntry entry) : ReadOnlyInput
{
    private static readonly uint[] Table = MakeTable();

    private readonly Stream _content = entry.Open();
    private uint _crc = uint.MaxValue;
    private long _length;

    /// <exception cref="InvalidDataException">The content is not what the archive promised.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = _content.Read(buffer);
        if (count == 0 && buffer.Length > 0 && (_length != entry.Length || ~_crc != entry.Crc32))
        {
            throw new InvalidDataException(
                $"{entry.FullName} has {_length} bytes with CRC-32 {~_crc:x8}, the archive says {entry.Length} with {entry.Crc32:x8}");
        }

        _length += count;
        uint crc = _crc;
        foreach (byte b in buffer[..count])
        {
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        _crc = crc;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            archive.Dispose();
        }

        base.Dispose(disposing);
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) * 0xEDB88320u);
            }

            table[i] = value;
        }

        return table;
    }
}

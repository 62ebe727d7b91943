using System.Numerics;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.Generator;

/// <summary>CRC32C over every field of every event, as 64-bit integers.</summary>
internal static class EventDigest
{
    public static uint Of(IMarketDataSource source, int countMax)
    {
        uint crc = uint.MaxValue;
        for (int i = 0; i < countMax && source.TryRead(out MarketEvent e); i++)
        {
            ReadOnlySpan<long> fields =
            [
                (long)e.Kind, (long)e.Aggressor, e.TimeNanos, e.OpenTimeNanos, e.Price.Raw, e.Quantity.Raw,
                e.UpperPrice.Raw, e.UpperQuantity.Raw, e.Low.Raw, e.Close.Raw, (long)e.TradeId,
            ];
            foreach (long field in fields)
            {
                crc = BitOperations.Crc32C(crc, (ulong)field);
            }
        }

        return ~crc;
    }
}

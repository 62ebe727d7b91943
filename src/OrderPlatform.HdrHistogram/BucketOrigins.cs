using System.Runtime.CompilerServices;

namespace OrderPlatform.HdrHistogram;

/// <summary>A number for each count of leading zeros that 64 bits can have, 0 to 64.</summary>
[InlineArray(65)]
internal struct BucketOrigins
{
    private int _first;
}

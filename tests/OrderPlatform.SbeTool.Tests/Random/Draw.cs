using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Choices that one seed decides.</summary>
internal sealed class Draw(int seed)
{
    private readonly System.Random _random = new(seed);

    /// <summary>What draws, for others who draw from the same seed.</summary>
    internal System.Random Source => _random;

    /// <summary>A number from 0 up to, and without, the end.</summary>
    internal int Below(int end) => _random.Next(end);

    /// <summary>A number in a range, both ends included.</summary>
    internal int Between(int min, int max) => _random.Next(min, max + 1);

    internal bool OneIn(int many) => _random.Next(many) == 0;

    internal T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    internal ulong Bits() => unchecked((ulong)_random.NextInt64(long.MinValue, long.MaxValue));

    internal void Fill(Span<byte> bytes) => _random.NextBytes(bytes);

    internal void Shuffle<T>(T[] items) => _random.Shuffle(items);

    /// <summary>An integer in a range: often at its ends or near zero, where mistakes are.</summary>
    internal decimal Integer(decimal min, decimal max)
    {
        decimal drawn = Below(8) switch
        {
            0 => min,
            1 => max,
            2 => 0,
            3 => 1,
            4 => -1,
            5 => min + 1,
            6 => max - 1,
            _ => min + Math.Floor((decimal)_random.NextDouble() * (max - min)),
        };
        return Math.Clamp(drawn, min, max);
    }

    /// <summary>Any bit pattern of an integer type.</summary>
    internal decimal Integer(PrimitiveType primitive) => Integer(primitive.Lowest, primitive.Highest);

    /// <summary>Appends a member or field, sometimes at an offset of its own; returns the end of what is there then.</summary>
    /// <param name="parent">The composite, message or group.</param>
    /// <param name="member">What is appended.</param>
    /// <param name="end">The end of what is there, in bytes.</param>
    /// <param name="gapOneIn">How rare an offset is.</param>
    internal int Append(XElement parent, DrawnType member, int end, int gapOneIn)
    {
        if (!member.IsConstant && OneIn(gapOneIn))
        {
            end += Below(4);
            member.Element.SetAttributeValue("offset", end);
        }

        parent.Add(member.Element);
        return end + member.LengthBytes;
    }
}

using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Makes hostile messages out of sound ones.</summary>
internal static class Damage
{
    /// <summary>Every message that is one step away: cut anywhere, one bit flipped, one or two steering numbers replaced by hostile ones.</summary>
    internal static IEnumerable<byte[]> OneStep(SampleMessage sample)
    {
        byte[] sound = sample.Bytes;
        for (int length = 0; length <= sound.Length; length++)
        {
            yield return sound[..length];
        }

        for (int bit = 0; bit < sound.Length * 8; bit++)
        {
            byte[] bytes = [.. sound];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return bytes;
        }

        for (int index = 0; index < sample.Steering.Length; index++)
        {
            foreach (byte[] bytes in Steered(sample, [.. sound], index, count: 2))
            {
                yield return bytes;
            }
        }
    }

    /// <summary>The message with each hostile number in one place and, for each of them, in the next: length and count of a group multiply.</summary>
    private static IEnumerable<byte[]> Steered(SampleMessage sample, byte[] message, int index, int count)
    {
        if (count == 0 || index == sample.Steering.Length)
        {
            yield break;
        }

        (int offset, PrimitiveType primitive) = sample.Steering[index];
        foreach (decimal number in Hostile(sample, offset, primitive))
        {
            byte[] bytes = [.. message];
            ModelNumber.Write(bytes.AsSpan(offset), primitive, sample.Codecs.Layout.Definition.IsBigEndian, number);
            yield return bytes;
            foreach (byte[] next in Steered(sample, bytes, index + 1, count - 1))
            {
                yield return next;
            }
        }
    }

    /// <summary>A message some random steps away, or random bytes, often behind a sound header.</summary>
    internal static int Any(Draw draw, SampleMessage sample, Span<byte> message)
    {
        if (draw.OneIn(5))
        {
            int length = draw.Below(draw.OneIn(2) ? 32 : 160);
            draw.Fill(message[..length]);
            sample.Bytes.AsSpan(0, Math.Min(length, draw.OneIn(4) ? 0 : sample.Codecs.Layout.Header.Composite.LengthBytes)).CopyTo(message);
            return length;
        }

        int lengthBytes = sample.Bytes.Length;
        sample.Bytes.CopyTo(message);
        for (int steps = draw.Between(1, 4); steps > 0; steps--)
        {
            lengthBytes = Step(draw, sample, message, lengthBytes);
        }

        return lengthBytes;
    }

    private static int Step(Draw draw, SampleMessage sample, Span<byte> message, int lengthBytes)
    {
        (int offset, PrimitiveType primitive) = draw.Of(sample.Steering);
        switch (draw.Below(6))
        {
            case 0 when lengthBytes > 0:
                return draw.Below(lengthBytes);
            case 1 when lengthBytes + 16 < message.Length:
                draw.Fill(message.Slice(lengthBytes, 16));
                return lengthBytes + draw.Below(17);
            case 2 when lengthBytes > 0:
                message[draw.Below(lengthBytes)] = (byte)draw.Below(256);
                return lengthBytes;
            case 3 when lengthBytes > 0:
                message[draw.Below(lengthBytes)] ^= (byte)(1 << draw.Below(8));
                return lengthBytes;
            default:
                ModelNumber.Write(message[offset..], primitive, sample.Codecs.Layout.Definition.IsBigEndian, draw.Of(Hostile(sample, offset, primitive)));
                return lengthBytes;
        }
    }

    /// <summary>Numbers at the ends of the type, around the sign bit, around what is there and around what is left of the message.</summary>
    private static decimal[] Hostile(SampleMessage sample, int offset, PrimitiveType primitive)
    {
        decimal sound = ModelNumber.Read(sample.Bytes.AsSpan(offset), primitive, sample.Codecs.Layout.Definition.IsBigEndian);
        decimal signBit = primitive.IsUnsigned ? (primitive.Highest + 1) / 2 : primitive.Lowest;
        decimal left = sample.Bytes.Length - offset - primitive.SizeBytes;
        decimal[] numbers =
        [
            0, 1, 2, primitive.Highest, primitive.Highest - 1, primitive.Lowest, signBit, signBit - 1, signBit + 1,
            sound - 1, sound + 1, sound * 2, left - 1, left, left + 1, 0x7FFF_FFFF, 0x8000_0000,
        ];
        return [.. numbers.Select(number => Math.Clamp(number, primitive.Lowest, primitive.Highest)).Distinct()];
    }
}

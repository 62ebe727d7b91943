using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>
/// Puts a message into the middle of two larger arrays that differ in all that is around it. What reads beyond the message gives two
/// answers, what writes there is seen.
/// </summary>
internal sealed class Surroundings
{
    private const int BeforeBytes = 64;
    private const int AfterBytes = 2048;
    private const byte Filling = 0x5A;
    private const byte OtherFilling = 0xA5;
    private const int WalkAgainOneIn = 8;

    private readonly byte[] _one = [.. Enumerable.Repeat(Filling, BeforeBytes + AfterBytes)];
    private readonly byte[] _other = [.. Enumerable.Repeat(OtherFilling, BeforeBytes + AfterBytes)];

    private int _thrown;

    /// <summary>The longest message, in bytes: as much again lies behind it.</summary>
    internal const int MessageMax = AfterBytes / 2;

    /// <summary>Validates and walks a message of any bytes in both places.</summary>
    /// <returns>What is wrong with the codecs, or nothing; and what they said of the message.</returns>
    internal (string? Fault, MessageProblem Problem) Try(CompiledSchema codecs, ReadOnlySpan<byte> message)
    {
        (MessageProblem problem, long sum, MessageProblem thrown) = Try(codecs, message, _one, Filling, walks: true);

        // Exceptions are what takes the time here. One that was thrown must agree with the validator, whose verdict is compared in both places.
        bool walksAgain = thrown == MessageProblem.None || _thrown++ % WalkAgainOneIn == 0;
        (MessageProblem problemAgain, long sumAgain, MessageProblem thrownAgain) = Try(codecs, message, _other, OtherFilling, walksAgain);
        thrownAgain = walksAgain ? thrownAgain : thrown;
        bool isWalked = thrown == MessageProblem.None;
        string? fault =
            (problem, sum, thrown) != (problemAgain, sumAgain, thrownAgain)
                ? $"bytes outside count: {(problem, sum, thrown)} and {(problemAgain, sumAgain, thrownAgain)}"
            : problem == MessageProblem.None && !isWalked ? $"valid, but a walk throws {thrown}"
            : problem is not (MessageProblem.None or MessageProblem.EnumOutOfRange) && isWalked ? $"{problem}, but a walk does not throw"
            : IsUnlike(problem, thrown) ? $"{problem}, but a walk throws {thrown}"
            : _one.AsSpan().ContainsAnyExcept(Filling) || _other.AsSpan().ContainsAnyExcept(OtherFilling) ? "bytes outside were written"
            : null;
        return (fault, problem);
    }

    /// <summary>The validator stops at an undeclared enum value, which can be read; and the driver asks for the template before the schema.</summary>
    private static bool IsUnlike(MessageProblem problem, MessageProblem thrown) =>
        problem is not (MessageProblem.None or MessageProblem.EnumOutOfRange or MessageProblem.WrongSchema) && problem != thrown;

    private static (MessageProblem Problem, long Sum, MessageProblem Thrown) Try(
        CompiledSchema codecs, ReadOnlySpan<byte> message, byte[] place, byte filling, bool walks)
    {
        Span<byte> middle = place.AsSpan(BeforeBytes, message.Length);
        message.CopyTo(middle);
        try
        {
            MessageProblem problem = codecs.Validate(middle);
            try
            {
                return (problem, walks ? codecs.Walk(middle) : 0, MessageProblem.None);
            }
            catch (SbeException exception)
            {
                return (problem, 0, exception.Problem);
            }
        }
        finally
        {
            // What was written inside is a fault too, but shows as one outside: the message's bytes are read only.
            bool isUntouched = middle.SequenceEqual(message);
            middle.Fill(isUntouched ? filling : unchecked((byte)(filling + 1)));
        }
    }
}

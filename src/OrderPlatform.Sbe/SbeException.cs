using System.Diagnostics.CodeAnalysis;

namespace OrderPlatform.Sbe;

/// <summary>A message that cannot be encoded or decoded; the text names the message, the part, and the numbers that disagree.</summary>
public sealed class SbeException : Exception
{
    /// <summary>Makes an exception for one problem.</summary>
    /// <param name="problem">The kind of the problem.</param>
    /// <param name="message">One line that names the place and the numbers.</param>
    public SbeException(MessageProblem problem, string message)
        : base(message) => Problem = problem;

    /// <summary>The kind of the problem, the same that a validator would have returned.</summary>
    public MessageProblem Problem { get; }

    /// <summary>Throws for a part of a message that does not fit into the buffer that is being encoded to.</summary>
    /// <param name="part">Message, or message and part.</param>
    /// <param name="neededBytes">Bytes that the part needs.</param>
    /// <param name="availableBytes">Bytes that are left in the buffer.</param>
    [DoesNotReturn]
    public static void ThrowTooShort(string part, long neededBytes, int availableBytes) =>
        throw new SbeException(
            MessageProblem.TooShort,
            $"{part}: needs {neededBytes} bytes, but the buffer has {availableBytes} left; pass a larger buffer");

    /// <summary>Throws for bytes that cannot be decoded.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="part">Message, or message and part.</param>
    /// <param name="stated">The number that the bytes state.</param>
    /// <param name="allowed">The number that it must equal or not cross.</param>
    [DoesNotReturn]
    public static void ThrowMalformed(MessageProblem problem, string part, long stated, long allowed) =>
        throw new SbeException(problem, $"{part}: {Explain(problem)} (stated {stated}, here {allowed})");

    /// <summary>Throws for a group or data that is read or written after a later one.</summary>
    /// <param name="part">Message and part.</param>
    [DoesNotReturn]
    public static void ThrowOutOfOrder(string part) =>
        throw new InvalidOperationException($"{part}: groups and data must be visited in schema order, each once; a later part was visited already");

    private static string Explain(MessageProblem problem) => problem switch
    {
        MessageProblem.TooShort => "the buffer is shorter than a message header",
        MessageProblem.UnknownTemplate => "the header names another template",
        MessageProblem.WrongSchema => "the header names another schema",
        MessageProblem.UnsupportedVersion => "the header's version is older than the message",
        MessageProblem.BlockTooShort => "the block is shorter than the oldest version of the message",
        MessageProblem.BlockOutsideBuffer => "the block reaches beyond the buffer",
        MessageProblem.EnumOutOfRange => "an enum field holds an undeclared value",
        MessageProblem.GroupCountOutOfRange => "the number of group entries is out of range",
        MessageProblem.GroupOutsideBuffer => "the group reaches beyond the buffer",
        MessageProblem.DataTooLong => "the data is longer than its type allows",
        MessageProblem.DataOutsideBuffer => "the data reaches beyond the buffer",
        _ => "malformed",
    };
}

using OrderPlatform.Messages;
using OrderPlatform.Sbe;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>The edge: what may enter the ring and the journal.</summary>
public static class InputGate
{
    // Beyond are outputs, control records and records of snapshots (schemas/README.md).
    private const ushort TemplateIdMax = 99;

    /// <summary>Checks a message.</summary>
    /// <exception cref="InvalidInputException">It may not enter; the text says why.</exception>
    public static void Require(ReadOnlySpan<byte> message)
    {
        if (message.Length > InputSlot.PayloadLengthMax)
        {
            throw new InvalidInputException(
                $"an input of {message.Length} bytes is larger than a slot, which holds {InputSlot.PayloadLengthMax}: shorten its variable text");
        }

        MessageProblem problem = MessageValidator.Validate(message);
        MessageHeader.TryRead(message, out MessageHeader header);
        if (problem == MessageProblem.None && header.TemplateId > TemplateIdMax)
        {
            throw new InvalidInputException(
                $"template {header.TemplateId} ({MessagesSchema.TemplateName(header.TemplateId)}) is no input: only templates 1 to {TemplateIdMax} may enter");
        }

        if (problem != MessageProblem.None)
        {
            throw new InvalidInputException(
                $"an input of template {header.TemplateId} ({MessagesSchema.TemplateName(header.TemplateId)}) is malformed: {problem}: encode it with schema {MessagesSchema.SchemaId}, version {MessagesSchema.Version}");
        }
    }
}

/// <summary>A message that may not enter: one line that says why and what to do.</summary>
public sealed class InvalidInputException(string message) : Exception(message);

using OrderPlatform.Engine;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>A record of a setup that an engine does not take.</summary>
/// <param name="TemplateId">Of the record.</param>
/// <param name="SubjectId">Of what it configures.</param>
/// <param name="Reason">Why.</param>
public readonly record struct SetupRefusal(ushort TemplateId, ulong SubjectId, ReasonCode Reason);

/// <summary>Gives a setup to a fresh engine and asks what it refuses: the engine is the judge of its rules.</summary>
public static class SetupTrial
{
    private const long StartNanos = 1_735_689_600_000_000_000;

    /// <summary>The records that are refused.</summary>
    public static IReadOnlyList<SetupRefusal> Run(PlatformSetup setup)
    {
        var engine = new BusinessLogicProcessor();
        var refused = new List<SetupRefusal>();
        foreach (byte[] message in SetupMessages.Encode(setup, StartNanos))
        {
            engine.Process(engine.State.Sequence + 1, StartNanos, message);
            for (int i = 0; i < engine.Outputs.Count; i++)
            {
                if (AlertEventDecoder.TryWrap(engine.Outputs[i], out AlertEventDecoder alert) && alert.Severity >= Severity.Warning)
                {
                    refused.Add(new SetupRefusal(alert.InputTemplateId, alert.SubjectId, alert.Reason));
                }
            }
        }

        return refused;
    }
}

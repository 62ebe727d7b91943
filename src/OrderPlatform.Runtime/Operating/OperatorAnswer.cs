using System.Text.Json.Serialization;

namespace OrderPlatform.Runtime.Operating;

/// <summary>What became of a command.</summary>
public enum OperatorOutcome
{
    /// <summary>It is an input of the journal, as durable as the policy promises.</summary>
    Journaled,

    /// <summary>The engine's process refused it: nothing has changed.</summary>
    Refused,

    /// <summary>It was taken back before anybody took it: nothing has changed.</summary>
    Withdrawn,

    /// <summary>It was taken, and the process ended before it was journaled: nothing has changed, and nobody will execute it.</summary>
    Lost,

    /// <summary>It was taken, and there is no answer yet: the journal will tell.</summary>
    Unanswered,
}

/// <summary>An alert of the engine about a command.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Reason">The reason code (docs/reason-codes.md).</param>
/// <param name="Subject">What it is about: an order, a scope.</param>
/// <param name="Expected">A number that depends on the reason.</param>
/// <param name="Actual">Another one.</param>
public sealed record OperatorAlert(string Severity, string Reason, ulong Subject, long Expected, long Actual);

/// <summary>The answer to a command.</summary>
/// <param name="Request">Its request id.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record OperatorAnswer(string Request, OperatorOutcome Outcome)
{
    /// <summary>Why it was refused, or what is known; null where there is nothing to say.</summary>
    public string? Why { get; init; }

    /// <summary>With Journaled: its number in the journal.</summary>
    public long Sequence { get; init; }

    /// <summary>With Journaled: whether the follower had processed it in time; without, what the engine did is not known here.</summary>
    public bool IsSeen { get; init; }

    /// <summary>What the engine said of it, in its order.</summary>
    public IReadOnlyList<OperatorAlert> Alerts { get; init; } = [];

    /// <summary>Requests to venues that it caused.</summary>
    public int Requests { get; init; }

    /// <summary>The alert with which the engine refused the command, or null.</summary>
    [JsonIgnore]
    public OperatorAlert? Refusal => Alerts.FirstOrDefault(static alert => alert.Severity == nameof(Messages.Severity.Warning) && alert.Reason is
        nameof(Messages.ReasonCode.UnknownOrder) or nameof(Messages.ReasonCode.OrderNotOpen) or nameof(Messages.ReasonCode.NotInDoubt)
        or nameof(Messages.ReasonCode.InvalidValue) or nameof(Messages.ReasonCode.UnknownClient) or nameof(Messages.ReasonCode.UnknownStrategy));
}

/// <summary>The JSON of the folder's files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunningEngine))]
[JsonSerializable(typeof(OperatorAnswer))]
internal sealed partial class OperatorJson : JsonSerializerContext;

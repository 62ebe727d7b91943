using System.Collections.Frozen;
using System.Text;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Operations;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.Operating;

/// <summary>The edge check of what an operator puts in: an input of the right kind, whole, with a name and a reason, for something that exists.</summary>
public sealed class OperatorCheck
{
    private readonly FrozenSet<(Scope, uint)> _known;

    /// <param name="setup">What is configured.</param>
    /// <param name="state">The engine before its first input of this start: what an earlier configuration named is known too.</param>
    public OperatorCheck(PlatformSetup setup, EngineState state)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(state);
        var known = new HashSet<(Scope, uint)> { (Scope.Shard, 0) };
        known.UnionWith(setup.Venues.Select(static one => (Scope.Venue, (uint)one.Id)));
        known.UnionWith(setup.Clients.Select(static one => (Scope.Client, one.Id)));
        known.UnionWith(setup.Strategies.Select(static one => (Scope.Strategy, one.Id)));
        known.UnionWith(setup.Accounts.Select(static one => (Scope.Account, one.Id)));
        known.UnionWith(setup.Instruments.Select(static one => (Scope.Instrument, one.Id)));
        AddRows(known, state);
        _known = known.ToFrozenSet();
    }

    /// <summary>Why a message may not enter, or null.</summary>
    /// <param name="message">With its header.</param>
    public string? Problem(ReadOnlySpan<byte> message)
    {
        try
        {
            InputGate.Require(message);
        }
        catch (InvalidInputException failure)
        {
            return failure.Message;
        }

        MessageHeader.TryRead(message, out MessageHeader header);
        switch (header.TemplateId)
        {
            case OperatorCommandDecoder.TemplateId:
                var command = OperatorCommandDecoder.WrapForDecodeAndApplyHeader(message);
                return OperatorActions.IsPossible(command.Action, command.Scope)
                    ? ScopeProblem(command.Scope, command.ScopeId) ?? WordProblem(command.OperatorName, command.GetReason())
                    : $"{command.Action} has no meaning for a {command.Scope}";
            case OperatorLimitDecoder.TemplateId:
                var limit = OperatorLimitDecoder.WrapForDecodeAndApplyHeader(message);
                return limit.Scope is Scope.Client or Scope.Strategy
                    ? ScopeProblem(limit.Scope, limit.ScopeId) ?? WordProblem(limit.OperatorName, limit.GetReason())
                    : $"a limit is a client's or a strategy's, not a {limit.Scope}'s";
            case OperatorOrderDecoder.TemplateId:
                var order = OperatorOrderDecoder.WrapForDecodeAndApplyHeader(message);
                return WordProblem(order.OperatorName, order.GetReason());
            default:
                return $"template {header.TemplateId} ({MessagesSchema.TemplateName(header.TemplateId)}) is no operator's command";
        }
    }

    private static void AddRows(HashSet<(Scope, uint)> known, EngineState state)
    {
        for (int row = 0; row < state.Clients.Count; row++)
        {
            known.Add((Scope.Client, state.Clients[row].Id));
        }

        for (int row = 0; row < state.Strategies.Count; row++)
        {
            known.Add((Scope.Strategy, state.Strategies[row].Id));
        }

        for (int row = 0; row < state.Accounts.Count; row++)
        {
            known.Add((Scope.Account, state.Accounts[row].Id));
        }

        for (int row = 0; row < state.Venues.Count; row++)
        {
            known.Add((Scope.Venue, state.Venues[row].Id));
        }

        for (int row = 0; row < state.Instruments.Count; row++)
        {
            known.Add((Scope.Instrument, state.Instruments[row].Id));
        }
    }

    private static string? WordProblem(ReadOnlySpan<byte> name, ReadOnlySpan<byte> reason) =>
        new OperatorWord(Encoding.Latin1.GetString(name.TrimEnd((byte)0)), Encoding.UTF8.GetString(reason)).Problem;

    private string? ScopeProblem(Scope scope, uint id) => _known.Contains((scope, id)) ? null : $"{scope} {id} is not known to this engine";
}

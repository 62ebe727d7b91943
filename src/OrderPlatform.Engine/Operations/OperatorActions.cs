using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Operations;

/// <summary>What an operator's actions can be about.</summary>
public static class OperatorActions
{
    /// <summary>Whether an action has a meaning for a scope.</summary>
    public static bool IsPossible(OperatorAction action, Scope scope) => action switch
    {
        OperatorAction.Halt or OperatorAction.Resume or OperatorAction.Reduce or OperatorAction.Kill or OperatorAction.KillAndFlatten =>
            scope is Scope.Shard or Scope.Client or Scope.Strategy,
        OperatorAction.Shutdown => scope is Scope.Client or Scope.Strategy,
        OperatorAction.Flatten or OperatorAction.CancelAll or OperatorAction.EndDoubt =>
            scope is Scope.Shard or Scope.Client or Scope.Strategy or Scope.Venue or Scope.Account or Scope.Instrument,
        OperatorAction.ResetBreaker => scope is Scope.Shard or Scope.Client or Scope.Strategy or Scope.Venue,
        _ => false,
    };
}

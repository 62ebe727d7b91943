using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Takes the rules of circuit breakers in, also at run time: counts and state stay. Rules without any maximum take the breaker away.</summary>
internal static class BreakerRegistry
{
    private const long SpanMaxNanos = 366L * 86_400_000_000_000;

    public static void OnBreaker(EngineState state, in BreakerConfigurationDecoder record)
    {
        const ushort Template = BreakerConfigurationDecoder.TemplateId;
        bool counts = record.RejectsMaximum != 0 || record.TimeoutsMaximum != 0;
        bool isSet = counts || record.LossesMaximum != 0;
        bool sane = record.WindowNanos is >= 0 and <= SpanMaxNanos && (!counts || record.WindowNanos > 0)
            && record.CooldownNanos is >= 0 and <= SpanMaxNanos && (!isSet || record.CooldownNanos > 0)
            && (record.Scope != Scope.Venue || record.LossesMaximum == 0);
        if (record.Scope is not (Scope.Client or Scope.Strategy or Scope.Venue) || !sane)
        {
            Registry.Refuse(state, ReasonCode.InvalidValue, Template, record.ScopeId);
        }
        else if (!TryFind(state, record.Scope, record.ScopeId, out int row))
        {
            Registry.Refuse(state, record.Scope switch
            {
                Scope.Client => ReasonCode.UnknownClient,
                Scope.Strategy => ReasonCode.UnknownStrategy,
                _ => ReasonCode.UnknownVenue,
            }, Template, record.ScopeId);
        }
        else
        {
            ref Breaker breaker = ref Breakers.Find(state, record.Scope, row, out _);
            breaker.RejectsMaximum = record.RejectsMaximum;
            breaker.TimeoutsMaximum = record.TimeoutsMaximum;
            breaker.LossesMaximum = record.LossesMaximum;
            breaker.WindowNanos = record.WindowNanos;
            breaker.CooldownNanos = record.CooldownNanos;
            if (!isSet)
            {
                Breakers.Reset(state, record.Scope, row);
                breaker = Breaker.None;
            }
        }
    }

    private static bool TryFind(EngineState state, Scope scope, uint id, out int row) => scope switch
    {
        Scope.Client => state.Clients.TryFind(id, out row),
        Scope.Strategy => state.Strategies.TryFind(id, out row),
        _ => state.Venues.TryFind(id, out row),
    };
}

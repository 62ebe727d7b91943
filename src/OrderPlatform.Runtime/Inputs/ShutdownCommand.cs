using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>The command that closes a client's orders and positions when its run is stopped (D10).</summary>
public static class ShutdownCommand
{
    /// <summary>In whose name.</summary>
    public const string OperatorName = "on_shutdown";

    /// <summary>The message.</summary>
    /// <param name="clientId">Whose orders and positions.</param>
    public static byte[] Of(uint clientId)
    {
        Span<byte> buffer = stackalloc byte[InputSlot.PayloadLengthMax];
        var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.Action = OperatorAction.Shutdown;
        e.Scope = Scope.Client;
        e.ScopeId = clientId;
        e.SetOperatorName(OperatorName);
        e.SetReason("the run is stopped");
        return buffer[..e.EncodedLengthSoFar].ToArray();
    }
}

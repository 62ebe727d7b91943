using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>
/// The ids of the last 64 signals of a strategy, so that one that is sent again decides nothing again. Ids are the publisher's and need no order; they are unique
/// for a strategy and the role of the model that speaks. Id 0 is no id and never known. An id that comes again after 64 others is new: that is the bound.
/// </summary>
public struct SeenSignals
{
    /// <summary>Ids that are kept.</summary>
    public const int Remembered = 64;

    private const int RoleShift = 61;

    /// <summary>Where the next one goes.</summary>
    public byte Next;

    /// <summary>The ids, the role in their highest bits; 0 is none.</summary>
    public SignalIds Ids;

    /// <summary>Takes an id.</summary>
    /// <returns><c>false</c> if it is among the last ones.</returns>
    public bool TryAdd(ulong signalId, SignalRole role)
    {
        if (signalId == 0)
        {
            return true;
        }

        ulong key = signalId ^ ((ulong)role << RoleShift);
        if (((ReadOnlySpan<ulong>)Ids).Contains(key))
        {
            return false;
        }

        Ids[Next] = key;
        Next = (byte)((Next + 1) % Remembered);
        return true;
    }

    internal static void Visit<TVisitor>(ref SeenSignals row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("signalsNext", ref row.Next);
        visitor.Add("signalIds", ref row.Ids);
    }

    /// <summary>The ids.</summary>
    [InlineArray(Remembered)]
    public struct SignalIds
    {
        private ulong _first;
    }
}

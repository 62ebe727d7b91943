namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// Which threads ever touch and write a cell, found out on the way; when something new is found, the exploration begins anew. An access
/// that no other living thread can be affected by, nor affect, need not be tried in every place: it is made at once.
/// </summary>
internal sealed class Sharing(int cells)
{
    private readonly int[] _accessing = new int[cells];
    private readonly int[] _writing = new int[cells];

    /// <summary>True if a cell was used in a way that was not known when the exploration began.</summary>
    public bool HasLearned { get; set; }

    public void Note(int thread, in Access access)
    {
        if (access.Cell < 0)
            return;
        Note(_accessing, access.Cell, thread);
        if (access.SecondCell >= 0)
            Note(_accessing, access.SecondCell, thread);
        if (access.Kind is AccessKind.Write or AccessKind.StoreRelease or AccessKind.StoreRelaxed or AccessKind.CompareExchange)
            Note(_writing, access.Cell, thread);
    }

    public bool IsTouchedByOthers(int cell, int thread, int living) => (_accessing[cell] & living & ~(1 << thread)) != 0;

    public bool IsWrittenByOthers(int cell, int thread, int living) => (_writing[cell] & living & ~(1 << thread)) != 0;

    private void Note(int[] masks, int cell, int thread)
    {
        if ((masks[cell] & (1 << thread)) != 0)
            return;
        masks[cell] |= 1 << thread;
        HasLearned = true;
    }
}

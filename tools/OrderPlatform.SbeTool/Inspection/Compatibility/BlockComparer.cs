using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Compares the fixed block of a message or group entry; what follows it is the part comparer's.</summary>
internal sealed class BlockComparer
{
    private readonly FindingList _findings;
    private readonly MemberComparer _members;
    private readonly PartComparer _parts;

    internal BlockComparer(FindingList findings, TypeComparer types)
    {
        _findings = findings;
        _members = new MemberComparer(findings, types);
        _parts = new PartComparer(findings, this);
    }

    internal void Compare(BlockLayout before, BlockLayout after, Label owner, string path, bool isEntry)
    {
        _members.CompareFields(before, after, path);
        CompareLengths(before, after, owner, path);
        _parts.Compare(before, after, path, isEntry);
    }

    private void CompareLengths(BlockLayout before, BlockLayout after, Label owner, string path)
    {
        if (after.BlockLength == before.BlockLength)
        {
            return;
        }

        bool isTooShort = after.BlockLength < before.FieldsEnd;
        _findings.InNew(
            ChangeKind.BlockLengthChanged, isTooShort ? Impact.OldReaders : Impact.Harmless, owner, path,
            isTooShort
                ? $"the block shrinks from {before.BlockLength} to {after.BlockLength} bytes, and old readers need {before.FieldsEnd}"
                : $"the block changes from {before.BlockLength} to {after.BlockLength} bytes, and readers step by the length that the writer states");
    }
}

namespace OrderPlatform.SbeTool.Compiler.Diagnostics;

/// <summary>What to do about each rule; the text of DIAGNOSTICS.md. Apart from the rules, whose own messages name what is wrong at the place.</summary>
public static class Remedies
{
    private static readonly Dictionary<string, string> ById = new(StringComparer.Ordinal)
    {
        ["SBE0001"] = "Repair the XML; an XML editor shows the place.",
        ["SBE0002"] = "Remove the element, correct its name, or move it to where the language allows it.",
        ["SBE0003"] = "Add the attribute, with a value.",
        ["SBE0004"] = "Write one of the values that the message lists; numbers are whole and have no blanks.",
        ["SBE0005"] = "Add a message, or ignore the warning in a file that is only included.",
        ["SBE0006"] = "Correct the attribute's name, or remove it; attributes of other namespaces are ignored.",
        ["SBE0007"] = "Correct the href, relative to the including file, list the file as an SbeInclude item, and break circles of includes.",
        ["SBE0010"] = "Define the type, or correct the name; names are case sensitive.",
        ["SBE0011"] = "Remove or rename one of the two.",
        ["SBE0012"] = "Use a length from 1 to what a block can hold; 0 is for the varData of a data type only.",
        ["SBE0013"] = "Give the constant a value as the element's text that its type and length hold.",
        ["SBE0014"] = "Write Enum.Value, with an enum of the schema, whose encoding is that of the field.",
        ["SBE0015"] = "Use a value that the primitive type holds, or a wider type.",
        ["SBE0016"] = "Make the type optional, or remove its nullValue.",
        ["SBE0017"] = "Choose a name that is none of the eleven primitive types.",
        ["SBE0018"] = "Swap or correct minValue and maxValue.",
        ["SBE0019"] = "Use US-ASCII, ISO-8859-1 or UTF-8 if codecs shall read and write the text, or convert the bytes yourself.",
        ["SBE0020"] = "Use char or an integer for an enum, an unsigned integer for a set; a named type must have length 1.",
        ["SBE0021"] = "Change the value, or give the enum a nullValue or a type with a range that leaves room for it.",
        ["SBE0022"] = "Remove one of the names unless both are meant.",
        ["SBE0023"] = "Rename one of the two.",
        ["SBE0024"] = "Use a bit from 0 to the width of the encoding less 1, or a wider encoding.",
        ["SBE0030"] = "Break the circle: a composite cannot be a member of itself, however indirectly; make composites of fewer members.",
        ["SBE0031"] = "Rename one of the members.",
        ["SBE0040"] = "Put fields first, then groups, then data.",
        ["SBE0041"] = "Give one of them an id that its message or group does not use yet.",
        ["SBE0042"] = "Rename one of the two.",
        ["SBE0043"] = "Raise the offset to the end of what precedes, or remove it.",
        ["SBE0044"] = "Raise blockLength to the end of the last field, or remove it.",
        ["SBE0045"] = "Make the two equal, or leave one away.",
        ["SBE0050"] = "Give the header composite the unsigned members blockLength, templateId, schemaId and version, wide enough for the schema's numbers.",
        ["SBE0051"] = "Give the dimension composite unsigned members blockLength and numInGroup; a uint32 needs a maxValue.",
        ["SBE0052"] = "Give the data composite an unsigned length and, last, a varData of length 0; a uint32 length needs a maxValue.",
        ["SBE0053"] = "Use uint16 unless the wire is given; other tools may not generate code.",
        ["SBE0060"] = "Raise the version of the schema, or lower the sinceVersion.",
        ["SBE0061"] = "Move the addition to the end of its block, or behind all groups and data of the message; or add a new message.",
        ["SBE0062"] = "Use a version from the element's own sinceVersion to the schema's.",
        ["SBE0063"] = "Raise the sinceVersion to that of the message or group, or remove it.",
        ["SBE0070"] = "Use letters, digits and underscores, beginning with a letter, and no keyword.",
        ["SBE0071"] = "Rename one of the two.",
    };

    /// <summary>What to do about a rule, in one sentence.</summary>
    public static string Of(Rule rule) => ById.TryGetValue(rule.Id, out string? remedy) ? remedy : "";
}

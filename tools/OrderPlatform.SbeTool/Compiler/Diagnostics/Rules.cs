namespace OrderPlatform.SbeTool.Compiler.Diagnostics;

/// <summary>All rules: 00 form, 10 types, 20 enums and sets, 30 composites, 40 fields and blocks, 50 header, groups and data, 60 versions, 70 names.</summary>
public static class Rules
{
    public static readonly Rule NotWellFormed = new("SBE0001", "The schema is not well-formed XML");
    public static readonly Rule UnexpectedElement = new("SBE0002", "An element stands where the schema language has no place for it");
    public static readonly Rule MissingAttribute = new("SBE0003", "A required attribute is missing or empty");
    public static readonly Rule BadAttribute = new("SBE0004", "An attribute's value cannot be understood");
    public static readonly Rule NoMessages = new("SBE0005", "The schema has no messages", IsError: false);
    public static readonly Rule UnknownAttribute = new("SBE0006", "An attribute is none of its element's", IsError: false);
    public static readonly Rule BadInclude = new("SBE0007", "An included file cannot be used");

    public static readonly Rule UnknownType = new("SBE0010", "A type is not defined");
    public static readonly Rule DuplicateType = new("SBE0011", "Two types have the same name");
    public static readonly Rule BadLength = new("SBE0012", "A length cannot be used");
    public static readonly Rule BadConstant = new("SBE0013", "A constant has no value or one that does not fit");
    public static readonly Rule BadValueRef = new("SBE0014", "A valueRef does not name a value of a fitting enum");
    public static readonly Rule BadNumber = new("SBE0015", "A value is not in the range of its primitive type");
    public static readonly Rule NullNotOptional = new("SBE0016", "A null value is given for a type that is not optional", IsError: false);
    public static readonly Rule RedefinesPrimitive = new("SBE0017", "A type has the name of a primitive type");
    public static readonly Rule EmptyRange = new("SBE0018", "A minimum is above its maximum");
    public static readonly Rule OtherEncoding = new("SBE0019", "Text in this encoding is handed over as bytes", IsError: false);

    public static readonly Rule BadEncodingType = new("SBE0020", "An enum or set has an encoding type that cannot hold it");
    public static readonly Rule EnumValueOutOfRange = new("SBE0021", "A valid value is the null value or outside the range of the encoding");
    public static readonly Rule DuplicateValue = new("SBE0022", "Two names stand for one value", IsError: false);
    public static readonly Rule DuplicateValueName = new("SBE0023", "Two values have the same name");
    public static readonly Rule BadChoice = new("SBE0024", "A choice is not a bit of the set's encoding");

    public static readonly Rule RefCycle = new("SBE0030", "A composite contains itself or too much");
    public static readonly Rule DuplicateMember = new("SBE0031", "Two members of a composite have the same name");

    public static readonly Rule WrongOrder = new("SBE0040", "Fields, groups and data are not in this order");
    public static readonly Rule DuplicateId = new("SBE0041", "An id is used twice");
    public static readonly Rule DuplicateName = new("SBE0042", "A name is used twice");
    public static readonly Rule OffsetOverlap = new("SBE0043", "An offset overlaps what stands before");
    public static readonly Rule BlockLengthTooSmall = new("SBE0044", "A block length is smaller than its fields");
    public static readonly Rule SemanticMismatch = new("SBE0045", "Field and type have different semantic types");

    public static readonly Rule BadHeader = new("SBE0050", "The message header composite cannot be used");
    public static readonly Rule BadDimension = new("SBE0051", "A group's dimension type cannot be used");
    public static readonly Rule BadData = new("SBE0052", "A variable data type cannot be used");
    public static readonly Rule UnusualWidth = new("SBE0053", "A header or dimension field has an unusual width", IsError: false);

    public static readonly Rule VersionTooNew = new("SBE0060", "A sinceVersion is above the schema's version");
    public static readonly Rule VersionOrder = new("SBE0061", "An addition does not stand after what older versions know");
    public static readonly Rule BadDeprecation = new("SBE0062", "Something is deprecated in a version in which it is not there");
    public static readonly Rule OlderThanOwner = new("SBE0063", "A sinceVersion is below that of the message or group around it", IsError: false);

    public static readonly Rule BadName = new("SBE0070", "A name cannot be used in C#");
    public static readonly Rule NameClash = new("SBE0071", "Two names become the same in C#");

    /// <summary>Every rule of the catalogue.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        NotWellFormed, UnexpectedElement, MissingAttribute, BadAttribute, NoMessages, UnknownAttribute, BadInclude,
        UnknownType, DuplicateType, BadLength, BadConstant, BadValueRef, BadNumber, NullNotOptional, RedefinesPrimitive, EmptyRange,
        OtherEncoding,
        BadEncodingType, EnumValueOutOfRange, DuplicateValue, DuplicateValueName, BadChoice,
        RefCycle, DuplicateMember,
        WrongOrder, DuplicateId, DuplicateName, OffsetOverlap, BlockLengthTooSmall, SemanticMismatch,
        BadHeader, BadDimension, BadData, UnusualWidth,
        VersionTooNew, VersionOrder, BadDeprecation, OlderThanOwner,
        BadName, NameClash,
    ];
}

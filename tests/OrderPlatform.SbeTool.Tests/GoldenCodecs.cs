using OrderPlatform.Sbe;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>The codecs that the generator made from the golden schemas while this project was built.</summary>
internal static class GoldenCodecs
{
    internal delegate string Describe(ReadOnlySpan<byte> message);

    internal delegate MessageProblem Validate(ReadOnlySpan<byte> message);

    internal static IReadOnlyDictionary<string, (Describe Describe, Validate Validate)> All { get; } = new Dictionary<string, (Describe, Validate)>
    {
        ["arrays-be"] = (global::gv.arrays.be.BeSchema.Describe, global::gv.arrays.be.MessageValidator.Validate),
        ["arrays-le"] = (global::gv.arrays.le.LeSchema.Describe, global::gv.arrays.le.MessageValidator.Validate),
        ["composites-be"] = (global::gv.composites.be.BeSchema.Describe, global::gv.composites.be.MessageValidator.Validate),
        ["composites-le"] = (global::gv.composites.le.LeSchema.Describe, global::gv.composites.le.MessageValidator.Validate),
        ["constants"] = (global::gv.constants.ConstantsSchema.Describe, global::gv.constants.MessageValidator.Validate),
        ["enums-sets-be"] = (global::gv.enumsets.be.BeSchema.Describe, global::gv.enumsets.be.MessageValidator.Validate),
        ["enums-sets-le"] = (global::gv.enumsets.le.LeSchema.Describe, global::gv.enumsets.le.MessageValidator.Validate),
        ["enums-wide-be"] = (global::gv.enumswide.be.BeSchema.Describe, global::gv.enumswide.be.MessageValidator.Validate),
        ["enums-wide-le"] = (global::gv.enumswide.le.LeSchema.Describe, global::gv.enumswide.le.MessageValidator.Validate),
        ["evolution-v0"] = (global::gv.evolution.v0.V0Schema.Describe, global::gv.evolution.v0.MessageValidator.Validate),
        ["evolution-v1"] = (global::gv.evolution.v1.V1Schema.Describe, global::gv.evolution.v1.MessageValidator.Validate),
        ["evolution-v2"] = (global::gv.evolution.v2.V2Schema.Describe, global::gv.evolution.v2.MessageValidator.Validate),
        ["evolution-v3"] = (global::gv.evolution.v3.V3Schema.Describe, global::gv.evolution.v3.MessageValidator.Validate),
        ["groups-be"] = (global::gv.groups.be.BeSchema.Describe, global::gv.groups.be.MessageValidator.Validate),
        ["groups-le"] = (global::gv.groups.le.LeSchema.Describe, global::gv.groups.le.MessageValidator.Validate),
        ["header-named"] = (global::gv.header.named.NamedSchema.Describe, global::gv.header.named.MessageValidator.Validate),
        ["header-wide"] = (global::gv.header.wide.WideSchema.Describe, global::gv.header.wide.MessageValidator.Validate),
        ["metadata"] = (global::gv.metadata.MetadataSchema.Describe, global::gv.metadata.MessageValidator.Validate),
        ["scalars-be"] = (global::gv.scalars.be.BeSchema.Describe, global::gv.scalars.be.MessageValidator.Validate),
        ["scalars-le"] = (global::gv.scalars.le.LeSchema.Describe, global::gv.scalars.le.MessageValidator.Validate),
        ["vardata-be"] = (global::gv.vardata.be.BeSchema.Describe, global::gv.vardata.be.MessageValidator.Validate),
        ["vardata-le"] = (global::gv.vardata.le.LeSchema.Describe, global::gv.vardata.le.MessageValidator.Validate),
    };
}

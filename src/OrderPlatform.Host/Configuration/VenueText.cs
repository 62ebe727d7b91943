using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Runtime.WhatIf;
using OrderPlatform.Simulation.Venue;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OrderPlatform.Host.Configuration;

/// <summary>
/// The section venue as text in a journal, and venues made from such text again, with keys that are otherwise: so a journal has a what-if without any
/// configuration file. Whatever is read goes through <see cref="VenueSection"/>, as a strategy file does.
/// </summary>
internal sealed partial class VenueText : IVenueSettingsReader
{
    private const string Section = "venue";
    private const string Source = "venue settings";
    private const long NanosPerHundredthOfRaw = 100;

    /// <summary>The settings of a configuration's venue.</summary>
    /// <param name="venueId">Its id in messages.</param>
    /// <param name="keys">The configuration's keys as they are in force.</param>
    public static VenueSettings Of(ushort venueId, IReadOnlyList<EffectiveKey> keys)
    {
        var text = new StringBuilder();
        string prefix = Section + ".";
        (string Name, string Value)[] own =
            [.. keys.Where(key => key is { Value: not null, Without: null } && key.Path.StartsWith(prefix, StringComparison.Ordinal)).Select(key =>
                (key.Path[prefix.Length..], key.Value!))];
        foreach (var group in own.GroupBy(static one => one.Name.Split('.')[0], StringComparer.Ordinal))
        {
            (string Name, string Value)[] all = [.. group];
            string value = all is [{ } only] && only.Name == group.Key
                ? only.Value
                : $"{{{string.Join(", ", all.Select(one => $"{one.Name[(group.Key.Length + 1)..]}: {one.Value}"))}}}";
            text.Append(group.Key).Append(": ").Append(value).Append('\n');
        }

        return new VenueSettings(venueId, text.ToString());
    }

    /// <inheritdoc />
    public string Assume(VenueSetup venue, bool isSpot, long? latencyNanos)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"maker_fee: {FixedPointText.Format(venue.MakerFee.Raw)}\ntaker_fee: {FixedPointText.Format(venue.TakerFee.Raw)}\n");
        text.Append(CultureInfo.InvariantCulture, $"features: [{string.Join(", ", VenueRulesSection.WordsOf(venue.Features))}]\nbatch_max: {venue.BatchMaximum}\n");
        if (latencyNanos is { } latency)
        {
            text.Append(CultureInfo.InvariantCulture, $"latency_ms: {FixedPointText.Format(latency * NanosPerHundredthOfRaw)}\n");
        }

        if (isSpot && venue.Features.HasFlag(VenueFeatures.FeeFromReceived))
        {
            text.Append("fees: {asset: received}\n");
        }

        return text.ToString();
    }

    /// <inheritdoc />
    public SimulatedVenueSetup Read(VenueSetup venue, IReadOnlyList<InstrumentSetup> instruments, string settings, IReadOnlyList<SettingChange> changes)
    {
        YamlMappingNode section = MappingOf(Source, settings.Length == 0 ? "{}" : settings);
        foreach (SettingChange change in changes)
        {
            Set(section, change);
        }

        try
        {
            VenueSection[] each =
                [.. instruments.Select(instrument =>
                    VenueSection.Read(YamlSection.Of(new YamlMappingNode(Section, section), "--set"), instrument, venue.Name))];
            SimulatedVenueOptions options = each[0].Options with { Instruments = [.. each.Select(static one => one.Options.Instruments[0])] };
            options.Validate();
            return new SimulatedVenueSetup(options, each[0].Setup with { Id = venue.Id });
        }
        catch (ConfigurationException wrong)
        {
            // The text has no lines that anybody knows.
            throw new ConfigurationException(LineText().Replace(wrong.Message, "", 1));
        }
    }

    private static YamlMappingNode MappingOf(string what, string text) => YamlText.Parse(what, text)?.RootNode as YamlMappingNode
        ?? throw new ConfigurationException($"{what}: they must be keys and values of the section venue: {text.ReplaceLineEndings(" ")}");

    private static void Set(YamlMappingNode section, SettingChange change)
    {
        string[] path = change.Path.Split('.');
        YamlMappingNode at = section;
        foreach (string name in path[..^1])
        {
            if (!at.Children.TryGetValue(name, out YamlNode? child) || child is not YamlMappingNode nested)
            {
                at.Children[name] = nested = new YamlMappingNode();
            }

            at = nested;
        }

        if (change.IsRemoval && path[^1] is not ("self_trade_prevention" or "slippage_model"))
        {
            // The key stays, without a value: so one that there is not is still found to be wrong.
            at.Children[path[^1]] = new YamlScalarNode("null") { Style = ScalarStyle.Plain };
            return;
        }

        at.Children[path[^1]] = YamlText.Parse($"--set {change}", $"value: {change.Value}")?.RootNode is YamlMappingNode value && value.Children.Count == 1
            ? value.Children.First().Value
            : throw new ConfigurationException($"--set {change}: the value is no YAML: write it as in a strategy file");
    }

    [GeneratedRegex(", line [0-9]+(?=: )")]
    private static partial Regex LineText();
}

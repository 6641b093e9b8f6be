using Microsoft.Extensions.Configuration;

namespace StageGate.Actors.Hosting.Configuration;

/// <summary>Where options come from, and so what their users call them: a key of the configuration, or a property set in code.</summary>
internal sealed class OptionsSource
{
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly bool _isSection;

    private OptionsSource(string prefix, string suffix, bool isSection)
    {
        _prefix = prefix;
        _suffix = suffix;
        _isSection = isSection;
    }

    public static OptionsSource Section(IConfiguration section) =>
        new(section is IConfigurationSection { Path: var path } ? path + ConfigurationPath.KeyDelimiter : "", suffix: "", isSection: true);

    public static OptionsSource Code(string scheduler) =>
        new("StageGateOptions.", $" of the scheduler {Text.Quote(scheduler)}", isSection: false);

    /// <summary>The full name of an option, as in <c>StageGate:Resources:cpu</c>.</summary>
    public string Key(string option, string? label = null) =>
        _prefix + Text.Line(option)
        + (label is null ? "" : _isSection ? ConfigurationPath.KeyDelimiter + Text.Line(label) : $"[{Text.Quote(label)}]") + _suffix;

    /// <summary>What is wrong with a value, in one sentence.</summary>
    public static string Fault(string key, object? value, string wanted) =>
        FormattableString.Invariant($"{key} is {(value is string text ? Text.Quote(text) : value ?? "null")}; it must be {wanted}.");
}

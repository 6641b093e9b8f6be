using System.Globalization;
using Microsoft.Extensions.Configuration;
using StageGate.Actors.Configuration;

namespace StageGate.Actors.Hosting.Configuration;

/// <summary>Reads options from a configuration section, whatever the culture, and collects all that is wrong with it.</summary>
internal sealed class OptionsSection(IConfiguration section, OptionsSource source, List<string> faults)
{
    private static readonly Dictionary<string, Action<OptionsSection, IConfigurationSection, StageGateOptions>> s_readers =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(StageGateOptions.Resources)] = (reader, at, options) => reader.ReadResources(at, options),
            [nameof(StageGateOptions.PipelineParallelism)] = (reader, at, options) =>
                options.PipelineParallelism = reader.Number(at, options.PipelineParallelism),
            [nameof(StageGateOptions.TaskParallelism)] = (reader, at, options) =>
                options.TaskParallelism = reader.Number(at, options.TaskParallelism ?? 1),
            [nameof(StageGateOptions.SchedulerDispatcher)] = (_, at, options) => options.SchedulerDispatcher = at.Value!,
            [nameof(StageGateOptions.CoordinatorDispatcher)] = (_, at, options) => options.CoordinatorDispatcher = at.Value!,
            [nameof(StageGateOptions.WorkerDispatcher)] = (_, at, options) => options.WorkerDispatcher = at.Value!,
            [nameof(StageGateOptions.StopTimeout)] = (reader, at, options) => options.StopTimeout = reader.Time(at, options.StopTimeout),
            [nameof(StageGateOptions.DrainOnStop)] = (reader, at, options) => options.DrainOnStop = reader.Switch(at, options.DrainOnStop),
            [nameof(StageGateOptions.TerminationGrace)] = (reader, at, options) =>
                options.TerminationGrace = reader.Time(at, options.TerminationGrace),
            [nameof(StageGateOptions.HealthCheckTimeout)] = (reader, at, options) =>
                options.HealthCheckTimeout = reader.Time(at, options.HealthCheckTimeout),
            [nameof(StageGateOptions.StuckAfter)] = (reader, at, options) => options.StuckAfter = reader.Time(at, options.StuckAfter),
        };

    public void ReadInto(StageGateOptions options)
    {
        var children = section.GetChildren().ToList();
        if (section is IConfigurationSection { Value.Length: > 0 } at)
            faults.Add(OptionsSource.Fault(at.Path, at.Value, "a section with the options of a scheduler"));
        else if (children.Count == 0)
            faults.Add($"The configuration has nothing under {Text.Quote(PathOf(section))}; it must say what the scheduler is made from.");

        foreach (var child in children)
            Read(child, options);
    }

    private static string PathOf(IConfiguration section) => (section as IConfigurationSection)?.Path ?? "";

    private void Read(IConfigurationSection child, StageGateOptions options)
    {
        if (!s_readers.TryGetValue(child.Key, out var read))
            faults.Add($"{source.Key(child.Key)} is no option of a scheduler. There are: {string.Join(", ", s_readers.Keys)}.");
        else if (child.Key.Equals(nameof(StageGateOptions.Resources), StringComparison.OrdinalIgnoreCase))
            read(this, child, options);
        else if (child.GetChildren().Any())
            faults.Add($"{source.Key(child.Key)} is a section; it must be a single value.");
        else if (child.Value is not null)
            read(this, child, options);
    }

    private void ReadResources(IConfigurationSection resources, StageGateOptions options)
    {
        // One source may have a value where another one has a section. An empty section has an empty value.
        if (resources.Value is { Length: > 0 })
            faults.Add(OptionsSource.Fault(source.Key(resources.Key), resources.Value, "a section with an amount for each label"));

        foreach (var resource in resources.GetChildren())
        {
            var key = source.Key(resources.Key, resource.Key);
            if (resource.GetChildren().Any())
                faults.Add($"{key} is a section; it must be a decimal number. A label has no colon.");
            else if (AmountText.TryParse(resource.Value, out var amount, out var wanted))
                options.Resources[resource.Key] = amount;
            else
                faults.Add(OptionsSource.Fault(key, resource.Value, wanted));
        }
    }

    private int Number(IConfigurationSection at, int otherwise)
    {
        if (int.TryParse(at.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;

        faults.Add(OptionsSource.Fault(source.Key(at.Key), at.Value, "a whole number"));
        return otherwise;
    }

    private bool Switch(IConfigurationSection at, bool otherwise)
    {
        if (bool.TryParse(at.Value, out var on))
            return on;

        faults.Add(OptionsSource.Fault(source.Key(at.Key), at.Value, "true or false"));
        return otherwise;
    }

    private TimeSpan Time(IConfigurationSection at, TimeSpan otherwise)
    {
        // A bare number would be read as days, which nobody means.
        if (at.Value!.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(at.Value, CultureInfo.InvariantCulture, out var time))
            return time;

        faults.Add(OptionsSource.Fault(source.Key(at.Key), at.Value, "a time as in 00:00:30"));
        return otherwise;
    }
}

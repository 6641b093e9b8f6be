using System.Text.Json;
using Xunit.Abstractions;

namespace StageGate.Actors.Repeat;

/// <summary>What a runner tells the framework. What is not set is as xunit has it.</summary>
internal sealed class RunnerOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> _values = [];

    /// <summary>How many tests run at a time, read from where <c>dotnet test</c> reads it.</summary>
    public static RunnerOptions FromFile()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "xunit.runner.json")));
        var options = new RunnerOptions();
        var root = file.RootElement;
        options.SetValue("xunit.execution.DisableParallelization", !root.GetProperty("parallelizeTestCollections").GetBoolean());
        options.SetValue("xunit.execution.MaxParallelThreads", root.GetProperty("maxParallelThreads").GetInt32());
        return options;
    }

    public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out var value) ? (TValue)value! : default!;

    public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
}

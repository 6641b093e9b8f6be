using System.Text.Json;
using System.Text.Json.Serialization;

namespace StageGate.Actors.Benchmarks.Report;

/// <summary>A run as JSON.</summary>
internal static class RunFile
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Write(string path, Run run) => File.WriteAllText(path, JsonSerializer.Serialize(run, s_options));

    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static Run Read(string path)
    {
        try
        {
            var run = JsonSerializer.Deserialize<Run>(File.ReadAllText(path), s_options);
            if (run is not { Format: Run.CurrentFormat })
                throw new InvalidDataException($"{path} has format {run?.Format}, not {Run.CurrentFormat}: measure the baseline again.");
            return run;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} was not written by compare --json: {exception.Message}", exception);
        }
    }
}

using System.Runtime;
using System.Runtime.InteropServices;

namespace StageGate.Actors.Benchmarks.Report;

/// <summary>What it was measured on.</summary>
internal sealed record Machine(string Os, string Architecture, string Processor, int Processors, string Runtime, string GarbageCollector)
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static Machine This() => new(
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        ProcessorName(),
        Environment.ProcessorCount,
        RuntimeInformation.FrameworkDescription,
        GCSettings.IsServerGC ? "server" : "workstation");

    public override string ToString() => $"{Processors} processors ({Processor}, {Architecture}), {Os}, {Runtime}, {GarbageCollector} GC";

    private static string ProcessorName() => File.Exists(CpuInfo)
        ? File.ReadLines(CpuInfo).FirstOrDefault(IsModelName)?.Split(':')[1].Trim() ?? "?"
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "?";

    private static bool IsModelName(string line) => line.StartsWith("model name", StringComparison.Ordinal);
}

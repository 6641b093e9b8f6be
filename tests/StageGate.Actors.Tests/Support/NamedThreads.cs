namespace StageGate.Actors.Tests.Support;

/// <summary>
/// The threads of one scheduler, told from all others by a prefix of their names, so that tests beside it do not matter. Linux shows 15
/// characters of a name; on other systems there are none.
/// </summary>
internal static class NamedThreads
{
    public static string Hocon(string prefix, int parallelism) =>
        $$"""
        stagegate {
          pipeline-parallelism = {{parallelism}}
          task-parallelism = {{parallelism}}
          dispatchers {
            pinned.thread-name = "{{prefix}}s"
            coordinator.thread-name = "{{prefix}}c"
            worker.thread-name = "{{prefix}}w"
          }
        }
        """;

    public static List<string> StartingWith(string prefix)
    {
        var names = new List<string>();
        foreach (var thread in OperatingSystem.IsLinux() ? Directory.EnumerateDirectories("/proc/self/task") : [])
        {
            try
            {
                names.Add(File.ReadAllText(Path.Combine(thread, "comm")).Trim());
            }
            catch (IOException)
            {
                // It has just ended.
            }
        }

        return [.. names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
    }
}

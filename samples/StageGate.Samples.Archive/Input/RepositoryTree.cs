namespace StageGate.Samples.Archive.Input;

/// <summary>What is archived where nothing else is asked for.</summary>
internal static class RepositoryTree
{
    private const string Mark = "StageGate.Actors.sln";

    /// <summary>Folders of the repository that are not sources.</summary>
    public static readonly IReadOnlySet<string> Skipped = new HashSet<string> { ".git", "bin", "obj" };

    /// <summary>The repository that the user stands in, or else the one that the program was built in.</summary>
    /// <exception cref="CannotBeginException">There is neither.</exception>
    public static string FindRoot() =>
        FindAbove(Environment.CurrentDirectory)
        ?? FindAbove(AppContext.BaseDirectory)
        ?? throw new CannotBeginException($"There is no {Mark} here or above. Say which folder to archive.");

    private static string? FindAbove(string folder)
    {
        for (var candidate = new DirectoryInfo(folder); candidate is not null; candidate = candidate.Parent)
        {
            if (File.Exists(Path.Combine(candidate.FullName, Mark)))
                return candidate.FullName;
        }

        return null;
    }
}

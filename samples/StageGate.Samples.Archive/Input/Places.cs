namespace StageGate.Samples.Archive.Input;

/// <summary>Finds the folder to archive, and the folder to archive into.</summary>
internal static class Places
{
    /// <exception cref="CannotBeginException">There is no such folder.</exception>
    public static string Source(string? folder)
    {
        if (folder is null)
            return RepositoryTree.FindRoot();
        if (Directory.Exists(folder))
            return Path.GetFullPath(folder);

        throw new CannotBeginException(File.Exists(folder)
            ? $"{Text.Plain(folder)} is a file. Say which folder to archive."
            : $"There is no folder {Text.Plain(folder)}.");
    }

    /// <summary>The target, new or empty: nothing is ever overwritten.</summary>
    /// <exception cref="CannotBeginException">It cannot be made, or is not empty.</exception>
    public static string Target(string? folder, string source)
    {
        if (folder is null)
            return Directory.CreateTempSubdirectory("stagegate-archive-").FullName;

        try
        {
            var target = Directory.CreateDirectory(folder).FullName;
            if (Path.TrimEndingDirectorySeparator(target) == Path.TrimEndingDirectorySeparator(source))
                throw new CannotBeginException($"{Text.Plain(folder)} cannot be archived into itself.");
            if (Directory.EnumerateFileSystemEntries(target).Any())
                throw new CannotBeginException($"{Text.Plain(folder)} is not empty. Give a new or an empty folder as the target.");

            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotBeginException($"{Text.Plain(folder)} cannot be the target: {Text.Plain(exception.Message)}");
        }
    }
}

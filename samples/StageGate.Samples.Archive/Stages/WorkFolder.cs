namespace StageGate.Samples.Archive.Stages;

/// <summary>
/// A hidden folder inside the target for all that is not finished. Inside, so that a finished file is moved into place in one step.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string _path;
    private int _names;

    private WorkFolder(string path) => _path = path;

    /// <exception cref="CannotBeginException">It cannot be made.</exception>
    public static WorkFolder Create(string target)
    {
        try
        {
            return new WorkFolder(Directory.CreateDirectory(Path.Combine(target, ".archiving")).FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotBeginException($"Nothing can be written to {Text.Plain(target)}: {Text.Plain(exception.Message)}");
        }
    }

    /// <summary>A path that nobody else uses.</summary>
    public string NewPath() => Path.Combine(_path, Interlocked.Increment(ref _names).ToString(Text.Invariant));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}

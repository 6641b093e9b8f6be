namespace StageGate.Samples.Archive.Input;

/// <summary>One file to archive, as it was when the folder was listed.</summary>
internal sealed record SourceFile(string FullPath, string RelativePath, long Length, DateTime LastWriteUtc)
{
    /// <exception cref="IOException">The file is not what it was when it was listed.</exception>
    public void CheckUnchanged()
    {
        var now = Resolve(new FileInfo(FullPath));
        if (!now.Exists || now.Length != Length || now.LastWriteTimeUtc != LastWriteUtc)
            throw new IOException("It was changed while it was being archived.");
    }

    /// <summary>A link to a file stands for that file.</summary>
    /// <exception cref="IOException">The link leads nowhere.</exception>
    public static FileInfo Resolve(FileInfo file)
    {
        if (file.LinkTarget is null)
            return file;

        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
            ? target
            : throw new IOException($"It is a link to {file.LinkTarget}, which is no file.");
    }
}

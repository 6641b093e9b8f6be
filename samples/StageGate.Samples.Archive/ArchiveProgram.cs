using System.Collections.Frozen;
using Spectre.Console;
using StageGate.Samples.Archive.Input;
using StageGate.Samples.Archive.Output;
using StageGate.Samples.Archive.Stages;

namespace StageGate.Samples.Archive;

/// <summary>The whole program, once it is known what the user wants.</summary>
internal sealed class ArchiveProgram(ArchiveOptions options)
{
    private readonly Report _report = new(AnsiConsole.Console, Console.Out, Console.Error);

    /// <returns>The exit code.</returns>
    public int Run()
    {
        using var signals = new StopSignals();
        try
        {
            return Run(signals.Token);
        }
        catch (CannotBeginException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.CannotBegin;
        }
    }

    private int Run(CancellationToken stop)
    {
        var source = Places.Source(options.Folder);
        var tree = SourceTree.List(source, options.Folder is null ? RepositoryTree.Skipped : FrozenSet<string>.Empty, stop);
        var target = Places.Target(options.Target, source);
        Announce(tree, target);

        var runs = new List<RunResult>();
        using (var work = WorkFolder.Create(target))
        {
            runs.Add(Archive(tree, work, target, stop));
            if (options.NoStages && !stop.IsCancellationRequested)
                runs.Add(Compare(tree, work, stop));
        }

        _report.Table(runs);
        if (runs is [var staged, { Stopped: false } flat])
            _report.Compare(staged, flat);
        Failure[] failures = [.. tree.Failures, .. runs[0].Failures];
        _report.Failures(failures);
        if (!runs[^1].Stopped)
            return failures.Length > 0 ? ExitCode.SomeFilesFailed : ExitCode.Done;

        var inPlace = Text.Count(runs[0].Files.Count);
        Console.Error.WriteLine($"Stopped: {inPlace} of {Text.Files(runs[0].FilesListed)} are in the archive, each of them whole.");
        return ExitCode.Interrupted;
    }

    private void Announce(SourceTree tree, string target)
    {
        var skipped = options.Folder is null ? $", without {string.Join(", ", RepositoryTree.Skipped)}" : "";
        _report.Say($"From {Text.Plain(tree.Root)}{skipped}: {Text.Files(tree.Files.Count)}");
        _report.Say($"To   {Text.Plain(target)}");
        if (tree.FolderLinks > 0)
            _report.Say($"Links to folders, not followed: {Text.Count(tree.FolderLinks)}");
    }

    private RunResult Archive(SourceTree tree, WorkFolder work, string target, CancellationToken stop)
    {
        var manifest = new Manifest();
        var files = Directory.CreateDirectory(Path.Combine(target, "files")).FullName;
        var result = Execute(tree, new SharedState(UseStages: true, options.Mem, files, work, manifest, stop));
        manifest.Save(work, target);
        return result;
    }

    /// <summary>The same work without stages. What it makes is in the work folder, and goes with it.</summary>
    private RunResult Compare(SourceTree tree, WorkFolder work, CancellationToken stop) =>
        Execute(tree, new SharedState(UseStages: false, options.Mem, work.NewPath(), work, new Manifest(), stop));

    private RunResult Execute(SourceTree tree, SharedState shared)
    {
        IProgressView view = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new LiveProgressView(AnsiConsole.Console)
            : new PlainProgressView(Console.Out, TimeProvider.System);
        return new ArchiveRun(options, tree, shared).Execute(view);
    }
}

using StageGate.Actors;

namespace StageGate.Samples.Embedded;

/// <summary>Hashes the files of one folder: each is a task that takes a share of the disk and of the processor.</summary>
internal sealed class IndexFolder(string folder, Input input, FileIndex index) : Pipeline
{
    protected override void Run()
    {
        var tasks = Directory.EnumerateFiles(folder)
            .Where(file => !input.IsReport(file))
            .Select(file => NewTask(() => index.Add(IndexedFile.Of(file))).Requires("disk", 1).Requires("cpu", 0.5m).Named(file).Run())
            .ToList();
        if (tasks.Count == 0)
            return;

        Wait(tasks);
        foreach (var task in tasks)
        {
            if (task.GetException() is { } fault)
                index.Unreadable.Enqueue($"{task.Name}: {fault.Message}");
        }
    }
}

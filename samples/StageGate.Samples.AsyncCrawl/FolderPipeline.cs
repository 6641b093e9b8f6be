using StageGate.Actors;

namespace StageGate.Samples.AsyncCrawl;

/// <summary>
/// One folder. It stays open until all folders below it are done, so as many are open at a time as the tree is large; while it awaits
/// them, it takes no thread.
/// </summary>
internal sealed class FolderPipeline(Scheduler scheduler, string path, OpenFolders open) : AsyncPipeline<Digest>
{
    protected override async Task<Digest> RunAsync(CancellationToken cancellationToken)
    {
        using var opened = open.Enter();
        var content = await NewTask(() => FolderContent.Of(path)).Requires("disk", 1).Named(path).Run();
        var folders = content.Folders.Select(folder => scheduler.RunPipeline(new FolderPipeline(scheduler, folder, open), folder)).ToList();
        var files = content.Files.Select(file => NewTask(() => Digest.OfFile(file)).Requires("disk", 1).Requires("cpu", 1).Named(file).Run());

        var digests = new List<Digest>();
        await foreach (var file in AsCompleted(files))
            digests.Add(await file);
        await foreach (var folder in scheduler.AsCompleted(folders))
            digests.Add(await folder);

        // Goes before the files of all other folders: the digests of a folder that is complete need not be kept any longer.
        StageForward();
        return await NewTask(() => Digest.OfFolder(path, digests)).Requires("cpu", 1).Named(path).Run();
    }
}

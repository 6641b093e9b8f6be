using StageGate.Actors;

namespace StageGate.Samples.Snippets;

/// <summary>README, "From async code".</summary>
public static class FromAsyncCode
{
    public static async Task<long> Run(IEnumerable<Uri> pages, HttpClient http)
    {
        // begin-snippet
        // Open ones cost no thread, so there may be many.
        var options = new SchedulerOptions { PipelineParallelism = 10_000, TaskParallelism = 8, Resources = { ["sockets"] = 8 } };
        await using var scheduler = new Scheduler(options);
        var handles = pages.Select(page => scheduler.RunPipeline(new CountWords(http, page), page.Host)).ToList();

        long words = 0;
        await foreach (var handle in scheduler.AsCompleted(handles))
            words += await handle;
        // end-snippet
        return words;
    }

    // begin-snippet
    private sealed class CountWords(HttpClient http, Uri page) : AsyncPipeline<int>
    {
        protected override async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            var text = await NewTask(token => http.GetStringAsync(page, token)).Requires("sockets", 1).Run();
            StageForward();
            return await NewTask(() => text.Split().Length).Run();
        }
    }
    // end-snippet
}

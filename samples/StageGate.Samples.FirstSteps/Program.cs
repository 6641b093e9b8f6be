using StageGate.Actors;

var options = new SchedulerOptions { PipelineParallelism = 4, TaskParallelism = 4, Resources = { ["cpu"] = 4, ["mem"] = 8 } };
using var scheduler = new Scheduler(options);

string[] books = ["moby dick", "dracula", "middlemarch", "walden"];
var handles = books.Select(book => scheduler.RunPipeline(new CountLetters(book), name: book)).ToList();
foreach (var handle in handles)
    Console.WriteLine($"{handle.Name}: {handle.GetResult()} different letters");

internal sealed class CountLetters(string book) : Pipeline<int>
{
    protected override int Run()
    {
        // Stage 0: a task for each word. They run side by side, as far as the resources go.
        var words = book.Split(' ').Select(word => NewTask(() => word.Distinct().ToArray()).Requires("cpu", 1).Run()).ToList();
        Wait(words);

        // Stage 1 goes before any task of a stage 0: what has been begun is finished before more is begun.
        StageForward();
        var letters = NewTask(() => words.SelectMany(word => word.GetResult()).Distinct().Count());
        return letters.Requires("cpu", 1).Requires("mem", 2.5m).Named("count").Run().GetResult();
    }
}

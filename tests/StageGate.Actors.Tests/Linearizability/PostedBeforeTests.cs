using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>
/// Whatever a thread asks, by a call or by a message, is answered by a scheduler that knows all that this thread has done before. While the
/// one worker is busy, a task that was submitted is told to nobody: it lies in the inbox, and the question itself has to find it there.
/// </summary>
[Guarantee("V4", "C1", "T1", "T4", "E3")]
public sealed class PostedBeforeTests : IDisposable
{
    /// <summary>Each asks something about the task that was submitted last, and tells whether it was known.</summary>
    private static readonly Dictionary<string, Func<Asked, bool>> s_questions = new()
    {
        ["a snapshot of the scheduler"] = asked => asked.Scheduler.Snapshot().Tasks.Queued == asked.Waiting,
        ["a snapshot of the pipeline"] = asked => asked.Pipeline.Snapshot().Tasks.Queued == asked.Waiting,
        ["a cancellation"] = asked => asked.Task.Cancel() && asked.Task.State == TaskState.Canceled,
        ["a request to end"] = asked => asked.Task.RequestTermination() && asked.Task.State == TaskState.Canceled,
        ["a request that all end"] = asked =>
        {
            asked.Scheduler.RequestTermination();
            return asked.Task.State == TaskState.Canceled;
        },
        ["a message that asks for a snapshot"] = asked =>
            asked.Actor.Ask<SchedulerSnapshot>(asked.Scheduler, SchedulerProtocol.GetSnapshot.Instance).Tasks.Queued == asked.Waiting,
        ["a subscription"] = asked =>
        {
            var snapshot = asked.Actor.Subscribe(asked.Scheduler);
            return snapshot.Tasks.Queued == asked.Waiting && !asked.Actor.EventsSoFar(asked.Scheduler).OfType<TaskQueued>().Any();
        },
        ["a message that all end"] = asked =>
        {
            asked.Actor.Ask<SchedulerProtocol.TerminationRequested>(asked.Scheduler, SchedulerProtocol.RequestTermination.Instance);
            return asked.Task.State == TaskState.Canceled;
        },
    };

    private readonly ActorSystem _system = Systems.New();

    public static TheoryData<string, string> Each => Dispatchers.Each(s_questions.Keys);

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    public void What_was_submitted_before_is_known(string question, string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        using var worker = new Gate();
        using var accepted = new Gate();
        PipelineHandle<bool> pipeline = null!;
        pipeline = scheduler.Run(c =>
        {
            // Until then the thread that has submitted the pipeline may be at work for the scheduler, and would find the task as well.
            accepted.Pass();
            c.NewTask(worker.Pass).Run();
            worker.WaitUntilEntered();
            var actor = new Correspondent(_system);
            var first = c.NewTask(() => 1).Run();
            scheduler.Snapshot();
            return s_questions[question](new Asked(scheduler, pipeline, c.NewTask(() => 2).Run(), Waiting: 2, actor)) && !first.IsRunning;
        });
        accepted.WaitUntilEntered();
        accepted.Open();

        Assert.True(pipeline.GetResult(Limits.Wait));
    }

    private sealed record Asked(Scheduler Scheduler, PipelineHandle Pipeline, TaskHandle Task, int Waiting, Correspondent Actor);
}

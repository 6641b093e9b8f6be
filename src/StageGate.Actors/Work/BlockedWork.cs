using StageGate.Actors.Completions;
using StageGate.Actors.Core;
using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>
/// Blocks a thread until a wait ends. Where the thread executes user code of a piece of work, and the wait is for work of the same scheduler
/// and without a limit in time, it tells what the work waits for, so that a wait that can never end is refused.
/// </summary>
/// <remarks>
/// <para>
/// A pipeline that waits for tasks, the ordinary case, only writes down what it waits for, and sends nothing: as long as no task waits, every
/// task ends. All others make the scheduler look, and tasks that wait are counted as well. One of two that begin at the same time, a pipeline
/// that waits for tasks and a task that waits, makes the scheduler look when both are written down: the pipeline writes and then reads the
/// count, the task counts and then writes, each with a full fence between the two. Where the pipeline reads zero, the look that the task asks
/// for comes after its writing; otherwise it asks for one itself, and the later of the two looks sees both.
/// </para>
/// <para>
/// The request comes after the facts that this thread has posted before, so the scheduler knows the targets when it looks. A target may end
/// between the look and the waking; whoever wakes looks at the targets first, and at the refusal only where they have not ended. The
/// scheduler publishes ends that it decided before a refusal before that refusal.
/// </para>
/// </remarks>
internal static class BlockedWork
{
    /// <param name="wait">What is waited for.</param>
    /// <param name="released">Ends when the wait ends or is refused.</param>
    /// <param name="deadline">How long at most.</param>
    /// <returns>False: the time is up.</returns>
    public static bool Wait(OpenWait wait, Task released, Deadline deadline)
    {
        if (deadline.IsLimited || UserCode.Current is not { } work || EngineOf(work) != EngineOf(wait.AnyTarget))
            return Blocking.Wait(released, deadline);

        return work is TaskWork task
            ? Wait(task, wait, released, deadline)
            : Wait((PipelineWork)work, wait, released, deadline);
    }

    private static bool Wait(PipelineWork pipeline, OpenWait wait, Task released, Deadline deadline)
    {
        // An interrupt may strike anywhere in here, and must not leave the wait written down.
        try
        {
            pipeline.BeginWait(wait);
            if (wait.AnyTarget is PipelineEntry || pipeline.Engine.AnyTaskWaits)
                pipeline.Engine.Post(Fact.WaitBegun(pipeline));
            return Blocking.Wait(released, deadline);
        }
        finally
        {
            pipeline.EndWait();
        }
    }

    private static bool Wait(TaskWork task, OpenWait wait, Task released, Deadline deadline)
    {
        var engine = task.Owner.Engine;
        engine.CountTaskWait();
        try
        {
            task.BeginWait(wait);
            engine.Post(Fact.WaitBegun(task));
            return Blocking.Wait(released, deadline);
        }
        finally
        {
            task.EndWait();
            engine.UncountTaskWait();
        }
    }

    private static EngineLink EngineOf(WorkEntry work) => work is TaskWork task ? task.Owner.Engine : ((PipelineWork)work).Engine;
}

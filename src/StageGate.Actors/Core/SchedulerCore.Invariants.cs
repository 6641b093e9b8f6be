using System.Diagnostics;

namespace StageGate.Actors.Core;

/// <content>What holds after every transition.</content>
internal sealed partial class SchedulerCore
{
    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        var tasks = _tasks.Counts(running: 0);
        var pipelines = _pipelines.Counts();
        Debug.Assert(tasks.Queued == _waitingTasks.Count, "The count of queued tasks is not the length of the queue.");
        Debug.Assert(tasks.Admitted == _workers.Taken, "The count of admitted tasks is not the number of slots taken.");
        Debug.Assert(pipelines.Queued == _waitingPipelines.Count, "The count of queued pipelines is not the length of the queue.");
        Debug.Assert(pipelines.Running == _coordinators.Taken, "The count of running pipelines is not the number of slots taken.");
        Debug.Assert(_workers.Taken <= taskParallelism, "More tasks are admitted than may run at a time.");
        Debug.Assert(_coordinators.Taken <= pipelineParallelism, "More pipelines run than may run at a time.");
        _ledger.AssertHeldBy(_workers.Occupants);
        Debug.Assert(!_workers.AnyFree || !TryGetAdmissible(out _), "The first task fits, a slot is free, and it was not admitted.");
    }
}

using System.Diagnostics;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

public class QueueLengthTests
{
    /// <summary>What costs time in proportion to the length of the queue is two hundred times as slow in the long one.</summary>
    private const int Bound = 10;

    private const int Attempts = 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_task_costs_no_more_in_a_long_queue_than_in_a_short_one(bool canceled)
    {
        var inShort = new FullQueue(1_000);
        var inLong = new FullQueue(200_000);
        inShort.TimeBatch(canceled);
        inLong.TimeBatch(canceled);

        // A busy machine can spoil an attempt, but hardly each of them.
        var bound = Enumerable.Range(0, Attempts).Average(_ => inShort.TimeBatch(canceled)) * Bound;
        Assert.Contains(Enumerable.Range(0, Attempts), _ => inLong.TimeBatch(canceled) <= bound);
    }

    /// <summary>A scheduler with one task running and many waiting, each of a stage of its own.</summary>
    private sealed class FullQueue
    {
        private const int BatchSize = 20;

        private readonly SchedulerCore _core = new(new ResourceCapacities([]), 1, 1);
        private readonly FakePipeline _pipeline;
        private readonly Queue<FakeTask> _waiting = [];
        private TaskEntry _running;
        private int _stage;

        public FullQueue(int length)
        {
            _pipeline = _core.Started(1);
            _running = _core.Submitted(1, _pipeline);
            while (_waiting.Count < length)
                Submit();
            _core.TakeDecisions();
        }

        /// <summary>How long it takes to queue some more tasks and to get rid of as many, so that the length stays.</summary>
        public long TimeBatch(bool canceled)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < BatchSize; i++)
            {
                Submit();
                if (canceled)
                    Assert.True(_core.Cancel(_waiting.Dequeue()));
                else
                    EndRunning();
            }

            return Stopwatch.GetTimestamp() - start;
        }

        private void Submit() => _waiting.Enqueue(_core.Submitted(_stage + 2, _pipeline, _stage++));

        private void EndRunning()
        {
            _core.End(_running, TaskState.Succeeded);
            while (_core.TryDecide(out var decision))
            {
                if (decision.Kind == DecisionKind.RunTask)
                    _running = decision.Task!;
            }

            Assert.Equal(TaskState.Ready, _running.State);
        }
    }
}

using CsCheck;
using StageGate.Actors.Tests.Support;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Random histories of a <see cref="ReadyQueue"/>, step by step, each executor's steps in whatever order.</summary>
public class ReadyQueueHistoryTests
{
    [Fact]
    [Guarantee("A3", "A4")]
    public void All_work_is_taken_once_in_order_and_somebody_is_on_the_way_where_there_is_any()
    {
        var step = Gen.Int[0, 6].SelectMany(kind => Gen.Int[0, 7].Select(which => (Kind: kind, Which: which)));
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], step.Array[1, 150]).Sample(
            (limit, callsAtOnce, steps) =>
            {
                var run = new History(limit, callsAtOnce);
                foreach (var (kind, which) in steps)
                    run.Take(kind, which);
                run.ToTheEnd();
            });
    }

    /// <summary>The queue, beside what an obviously right one would hold.</summary>
    private sealed class History
    {
        private readonly int _limit;
        private readonly int _callsAtOnce;
        private readonly ReadyQueue _ready;
        private readonly List<Executor> _executors = [];
        private readonly Queue<IExecutable> _expected = new();

        public History(int limit, int callsAtOnce)
        {
            _limit = limit;
            _callsAtOnce = callsAtOnce;
            _ready = new ReadyQueue(limit, callsAtOnce, ReadyQueueTests.MakeTurn(() => { }), OnCalled);
        }

        public void Take(int kind, int which)
        {
            if (kind <= 1 || _executors.Count == 0)
                Add();
            else
                Go(_executors[which % _executors.Count], kind);
            Check();
        }

        /// <summary>Every executor goes on until nobody has anything to do: then nothing may be left.</summary>
        public void ToTheEnd()
        {
            while (_executors.Find(executor => executor.State != ExecutorState.Idle) is { } awake)
            {
                Go(awake, kind: 2);
                Check();
            }

            Assert.Empty(_expected);
        }

        private void Add()
        {
            var work = new ReadyQueueTests.Executable();
            _expected.Enqueue(work);
            _ready.Add(work);
        }

        private void Go(Executor executor, int kind)
        {
            if (kind == 6)
            {
                // Its actor dies, wherever it is, and the successor comes uncalled.
                executor.ActorDied();
                Try(executor, ExecutorState.Looking);
                return;
            }

            switch (executor.State)
            {
                case ExecutorState.Busy when kind == 5:
                    _ready.BeginLooking(executor);
                    break;
                case ExecutorState.Busy when kind == 4:
                    executor.Current = null;
                    _ready.Leave(executor);
                    break;
                case ExecutorState.Busy or ExecutorState.Called:
                    executor.Current = null;
                    Try(executor, ExecutorState.Looking);
                    break;
                case ExecutorState.Looking:
                    executor.Current = null;
                    Try(executor, ExecutorState.Idle);
                    break;
            }
        }

        private void Try(Executor executor, ExecutorState otherwise)
        {
            var took = _ready.TryTake(executor, otherwise);

            Assert.Equal(took, _expected.TryDequeue(out var first));
            Assert.Same(first, executor.Current);
            Assert.Equal(took ? ExecutorState.Busy : otherwise, executor.State);
        }

        private void OnCalled(Executor executor)
        {
            if (!_executors.Contains(executor))
                _executors.Add(executor);
        }

        private void Check()
        {
            var states = _executors.Select(executor => executor.State).ToArray();
            Assert.Equal(_expected.Count == 0, _ready.IsEmpty);
            Assert.InRange(_executors.Count, 0, _limit);
            var coming = states.Count(state => state == ExecutorState.Called);
            Assert.InRange(coming, 0, _callsAtOnce);
            if (_executors.Count < _limit || states.Contains(ExecutorState.Idle))
            {
                var looking = states.Count(state => state == ExecutorState.Looking);
                Assert.True(
                    coming == _callsAtOnce || coming + looking >= _expected.Count,
                    $"{_expected.Count} pieces of work, {looking} who look, {coming} on their way, of {_callsAtOnce}: {string.Join(' ', states)}");
            }
        }
    }
}

using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Tests.Support;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Admitted work is found by an executor that is awake, or one is called for it. Every executor of these tests is this thread.</summary>
public class ReadyQueueTests
{
    private const int Limit = 3;

    private readonly List<Executor> _called = [];
    private readonly Turn _turn;
    private readonly ReadyQueue _ready;
    private Action? _next;

    public ReadyQueueTests()
    {
        _turn = MakeTurn(Decide);
        _ready = new ReadyQueue(Limit, callsAtOnce: 1, _turn, _called.Add);
    }

    [Fact]
    public void An_executor_is_called_for_the_first_and_finds_what_follows_from_its_end()
    {
        var second = new Executable();
        var first = new Executable(end: () => _next = () => _ready.Add(second));
        _ready.Add(first);

        Come(Assert.Single(_called));

        Assert.Equal((1, 1), (first.Runs, second.Runs));
        Assert.True(_ready.IsEmpty);
    }

    /// <summary>It may be kept there by a clock of the user's.</summary>
    [Fact]
    [Guarantee("B1")]
    public void Another_one_is_called_for_what_is_added_while_one_reports_an_end()
    {
        _ready.Add(new Executable(end: () => _ready.Add(new Executable())));

        Come(_called[0]);

        Assert.Equal(2, _called.Distinct().Count());
    }

    [Fact]
    public void Who_comes_has_the_next_one_called_where_it_leaves_something_behind()
    {
        List<int> calls = [];
        _ready.Add(new Executable(() => calls.Add(_called.Count)));
        _ready.Add(new Executable(() => calls.Add(_called.Count)));
        _ready.Add(new Executable(() => calls.Add(_called.Count)));
        Assert.Single(_called);

        Come(_called[0]);

        // The second one has not come yet when the third work is taken, so nobody else is called.
        Assert.Equal([2, 2, 2], calls);
    }

    [Fact]
    public void As_many_run_at_once_as_there_may_be_executors_and_no_more_are_ever_made()
    {
        var running = 0;
        var most = 0;
        for (var i = 0; i < Limit + 1; i++)
        {
            _ready.Add(new Executable(() =>
            {
                most = Math.Max(most, ++running);

                // As if each was run beside the others.
                if (_called.Count > running)
                    Come(_called[running]);
                running--;
            }));
        }

        Come(_called[0]);

        Assert.Equal((Limit, Limit), (most, _called.Distinct().Count()));
    }

    [Fact]
    public void The_one_that_was_busy_last_is_called_first()
    {
        _ready.Add(new Executable(() => { }));
        _ready.Add(new Executable(() => { }));
        Come(_called[0]);
        Come(_called[1]);
        Come(_called[0]);

        _ready.Add(new Executable());

        Assert.Equal([_called[0], _called[1], _called[0]], _called);
    }

    [Fact]
    public void Nobody_is_called_for_what_one_who_looks_will_take_but_for_what_it_will_not()
    {
        _ready.Add(new Executable());
        var looking = _called[0];
        Assert.True(_ready.TryTake(looking, otherwise: ExecutorState.Looking));
        looking.Current = null;
        Assert.False(_ready.TryTake(looking, otherwise: ExecutorState.Looking));

        _ready.Add(new Executable());
        Assert.Single(_called);
        _ready.Add(new Executable());
        Assert.Equal(2, _called.Count);

        Assert.True(_ready.TryTake(looking, otherwise: ExecutorState.Idle));
        Assert.Equal(2, _called.Count);
    }

    [Fact]
    public void As_many_are_called_as_there_is_work_and_no_more_at_once_than_are_to_be_on_their_way()
    {
        List<Executor> called = [];
        var ready = new ReadyQueue(limit: 5, callsAtOnce: 2, _turn, called.Add);
        for (var i = 0; i < 4; i++)
            ready.Add(new Executable());
        Assert.Equal(2, called.Count);

        Assert.True(ready.TryTake(called[0], otherwise: ExecutorState.Looking));

        Assert.Equal(3, called.Count);
    }

    [Fact]
    public void To_come_uncalled_does_no_harm()
    {
        _ready.Add(new Executable());
        Come(_called[0]);
        Come(_called[0]);

        var next = new Executable();
        _ready.Add(next);
        Come(_called[1]);

        Assert.Equal(1, next.Runs);
    }

    [Fact]
    public void After_so_many_in_a_row_it_goes_back_to_its_mailbox_and_is_called_for_the_next_one()
    {
        Executable next = null!;
        next = new Executable(end: () => _next = () => _ready.Add(next));
        _ready.Add(next);

        Come(_called[0]);

        Assert.Equal(64, next.Runs);
        Assert.Equal([_called[0], _called[0]], _called);
    }

    [Fact]
    [Guarantee("D5")]
    public void Where_its_actor_has_died_in_the_middle_the_work_is_told_and_its_successor_finds_the_next()
    {
        var broken = new Executable(() => throw new ThreadInterruptedException());
        var next = new Executable();
        _ready.Add(broken);
        Assert.Throws<ThreadInterruptedException>(() => Come(_called[0]));
        _ready.Add(next);

        _called[0].ActorDied();
        Assert.Equal(1, broken.Deaths);
        Come(_called[0]);

        Assert.Equal((1, 0), (next.Runs, next.Deaths));
        Assert.Equal((1, 1), (broken.Runs, broken.Deaths));
    }

    [Fact]
    [Guarantee("D5")]
    public void What_was_not_taken_by_an_actor_that_had_been_called_and_has_died_is_for_its_successor()
    {
        var next = new Executable();
        _ready.Add(next);

        _called[0].ActorDied();
        Come(_called[0]);

        Assert.Equal((1, 0), (next.Runs, next.Deaths));
    }

    internal static Turn MakeTurn(Action decide) => new(new Inbox(new EventFeed(null!, TimeProvider.System)), decide);

    /// <summary>What the scheduler does in the turn that follows from an end.</summary>
    private void Decide()
    {
        _turn.LowerFlag();
        var next = _next;
        _next = null;
        next?.Invoke();
    }

    private static void Come(Executor executor) => executor.Come(ExecutionContext.Capture()!);

    /// <param name="code">What it does.</param>
    /// <param name="end">What happens while its end is reported.</param>
    internal sealed class Executable(Action? code = null, Action? end = null) : IExecutable
    {
        public int Runs { get; private set; }

        public int Deaths { get; private set; }

        public bool TryExecute(ExecutionContext idle)
        {
            Runs++;
            code?.Invoke();
            return true;
        }

        public bool TryReport()
        {
            end?.Invoke();
            return true;
        }

        public void ExecutorDied() => Deaths++;
    }
}

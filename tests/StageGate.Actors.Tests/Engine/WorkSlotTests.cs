using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Tests.Support;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Work that is given to a place is found there, or its actor is told of it.</summary>
public class WorkSlotTests
{
    private readonly WorkSlot _slot = new(1, new Turn(new Inbox(new EventFeed(null!, TimeProvider.System)), () => { }));

    [Fact]
    public void The_actor_is_told_of_the_first_and_finds_what_comes_while_it_runs()
    {
        var second = new Executable(() => { });
        var first = new Executable(() => Assert.False(_slot.Give(second)));
        Assert.True(_slot.Give(first));

        _slot.Execute(ExecutionContext.Capture()!);

        Assert.Equal((1, 1), (first.Runs, second.Runs));
        Assert.True(_slot.Give(first));
    }

    [Fact]
    public void A_message_too_much_does_no_harm()
    {
        _slot.Execute(ExecutionContext.Capture()!);

        Assert.True(_slot.Give(new Executable(() => { })));
    }

    [Fact]
    public void After_so_many_in_a_row_the_actor_goes_back_to_its_mailbox_and_is_told_of_the_next_one()
    {
        var told = 0;
        Executable next = null!;
        next = new Executable(() => told += _slot.Give(next) ? 1 : 0);
        Assert.True(_slot.Give(next));

        _slot.Execute(ExecutionContext.Capture()!);

        Assert.Equal((64, 1), (next.Runs, told));
    }

    [Fact]
    [Guarantee("D6")]
    public void Where_its_actor_has_died_in_the_middle_the_work_is_told_and_its_successor_is_told_of_the_next()
    {
        var broken = new Executable(() => throw new ThreadInterruptedException());
        Assert.True(_slot.Give(broken));
        Assert.Throws<ThreadInterruptedException>(() => _slot.Execute(ExecutionContext.Capture()!));

        _slot.ExecutorDied();

        Assert.Equal(1, broken.Deaths);
        var next = new Executable(() => { });
        Assert.True(_slot.Give(next));
        _slot.Execute(ExecutionContext.Capture()!);
        Assert.Equal((1, 0), (next.Runs, next.Deaths));
    }

    [Fact]
    public void What_an_actor_that_has_died_did_not_take_is_for_its_successor()
    {
        var next = new Executable(() => { });
        Assert.True(_slot.Give(next));

        _slot.ExecutorDied();
        _slot.Execute(ExecutionContext.Capture()!);

        Assert.Equal((1, 0), (next.Runs, next.Deaths));
    }

    private sealed class Executable(Action code) : IExecutable
    {
        public int Runs { get; private set; }

        public int Deaths { get; private set; }

        public void Execute(ExecutionContext idle)
        {
            Runs++;
            code();
        }

        public void ExecutorDied() => Deaths++;
    }
}

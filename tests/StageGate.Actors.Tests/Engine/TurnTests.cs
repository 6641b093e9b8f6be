using Akka.Actor;
using Akka.Dispatch;
using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Tests.Support;
using Dispatchers = StageGate.Actors.Tests.Support.Dispatchers;
using Inbox = StageGate.Actors.Engine.Inbox;

namespace StageGate.Actors.Tests.Engine;

/// <summary>
/// Whoever posts a fact, and whoever looks or decides meanwhile, leave none lying. Step by step on one thread, in the orders that threads which
/// meet come to only now and then.
/// </summary>
public sealed class TurnTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();
    private readonly Inbox _inbox = new(new EventFeed(null!, TimeProvider.System));
    private readonly Turn _turn;
    private int _toldActor;
    private int _decided;

    public TurnTests()
    {
        StageGateExtension.Of(_system);
        _turn = new Turn(_inbox, () =>
        {
            Assert.False(Interrupts.StrikeNow());
            _toldActor++;
        });
    }

    public void Dispose()
    {
        _system.Terminate().EndsSomehow();
        _system.Dispose();
    }

    [Fact]
    public void Who_offers_decides_at_once_where_the_turn_is_free()
    {
        BeginInline();
        Add();
        _turn.Offer();

        Assert.Equal((1, true), (_decided, _inbox.IsEmpty));
    }

    [Fact]
    public void What_is_offered_while_somebody_has_the_turn_is_decided_when_it_is_given_back()
    {
        BeginInline();
        _turn.WantsTasks = false;
        Assert.True(_turn.Enter());
        Add();
        _turn.Offer();
        Assert.Equal(0, _decided);

        _turn.Leave();

        Assert.Equal((1, true), (_decided, _inbox.IsEmpty));
    }

    [Fact]
    public void What_is_offered_in_the_middle_of_a_decision_is_decided_after_it_and_not_inside()
    {
        var depth = 0;
        var deepest = 0;
        Begin(Dispatchers.Inline, () =>
        {
            deepest = Math.Max(deepest, ++depth);
            Decide();
            if (_decided == 1)
            {
                Add();
                _turn.Offer();
            }

            depth--;
        });
        Add();
        _turn.Offer();

        Assert.Equal((1, true), (deepest, _inbox.IsEmpty));
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void A_task_that_nobody_offered_because_none_was_wanted_is_seen_by_who_has_come_to_want_one(string dispatcher)
    {
        Begin(dispatcher, Decide);
        _turn.WantsTasks = false;
        Assert.True(_turn.Enter());
        AddTask();
        _turn.WantsTasks = true;

        _turn.Leave();

        Assert.Equal(1, _decided + _toldActor);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void A_task_that_nobody_offered_because_a_worker_was_looking_is_seen_by_that_worker_when_it_stops(string dispatcher)
    {
        Begin(dispatcher, Decide);
        _turn.BeginLooking();
        AddTask();
        Assert.Equal(0, _decided + _toldActor);

        _turn.EndLooking();

        Assert.Equal(1, _decided + _toldActor);
        Assert.True(_turn.MustOfferTasks);
    }

    [Fact]
    public void Who_looks_decides_only_where_there_is_something_and_nobody_else_is_about_to()
    {
        BeginInline();
        _turn.BeginLooking();
        _turn.Look();
        Assert.True(_turn.Enter());
        AddTask();
        _turn.Look();
        Assert.Equal(0, _decided);
        _turn.Leave();
        Assert.Equal(1, _decided);

        AddTask();
        _turn.Look();
        Assert.Equal(2, _decided);

        // What it has left is nothing, so to stop looking is no reason to decide.
        _turn.EndLooking();
        Assert.Equal(2, _decided);
    }

    [Fact]
    public void An_actor_with_a_thread_of_its_own_is_told_once_for_all_that_was_offered_before_it_counted()
    {
        Begin(Dispatchers.Pinned, Decide);
        Add();
        _turn.Offer();
        _turn.Offer();
        Assert.True(_turn.Enter());
        _turn.Offer();
        Assert.Equal(1, _toldActor);

        _turn.LowerFlag();
        _turn.Offer();
        _turn.Leave();
        Assert.Equal(2, _toldActor);

        Assert.True(_turn.Enter());
        _turn.LowerFlag();
        _turn.RaiseFlag();
        _turn.Leave();
        Assert.Equal((3, 0), (_toldActor, _decided));
    }

    [Fact]
    [Guarantee("X7")]
    public void An_interrupt_that_waits_for_a_thread_does_not_strike_where_the_actor_is_told()
    {
        Begin(Dispatchers.Pinned, Decide);
        Add();

        var isBack = Bounded.OnOwnThread(() =>
        {
            Thread.CurrentThread.Interrupt();
            _turn.Offer();
            return Interrupts.StrikeNow();
        }).Ends();

        Assert.True(isBack);
        Assert.Equal(1, _toldActor);
    }

    [Fact]
    public void Facts_that_are_left_behind_for_a_next_turn_have_one()
    {
        Begin(Dispatchers.Inline, () =>
        {
            _turn.LowerFlag();
            _decided++;
            _inbox.TryTake(out _);
            if (!_inbox.IsEmpty)
                _turn.RaiseFlag();
        });
        _turn.WantsTasks = false;
        Add();
        Add();
        Add();
        _turn.Offer();

        Assert.Equal((3, true), (_decided, _inbox.IsEmpty));
    }

    [Fact]
    public void The_last_turn_is_waited_for_and_after_it_there_is_none()
    {
        BeginInline();
        Assert.True(_turn.Enter());
        _turn.End();
        var waiting = Bounded.OnOwnThread(_turn.WaitForLast);

        // Nobody gets a turn any more, though this one has not been given back.
        Assert.False(_turn.Enter());
        Add();
        _turn.Offer();
        Assert.False(waiting.IsCompleted);
        _turn.Leave();
        waiting.Ends();

        Assert.Equal(0, _decided);
        Assert.False(_turn.Enter());
        Assert.False(_turn.IsTaken);
    }

    private void BeginInline() => Begin(Dispatchers.Inline, Decide);

    private void Begin(string dispatcher, Action decide) => _turn.Begin(_system.Dispatchers.Lookup(dispatcher), decide);

    private void Decide()
    {
        _turn.LowerFlag();
        _decided++;
        while (_inbox.TryTake(out _))
        {
        }
    }

    private void Add() => _inbox.Add(Fact.WaitBegun(NoWork.Instance));

    /// <summary>As the door does it.</summary>
    private void AddTask()
    {
        Add();
        if (_turn.MustOfferTasks)
            _turn.Offer();
    }
}

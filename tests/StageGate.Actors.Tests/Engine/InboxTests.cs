using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Tests.Support;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Engine;

/// <summary>What becomes of facts that nobody is going to decide about.</summary>
[Guarantee("D1")]
public class InboxTests
{
    private readonly Inbox _inbox = new(new EventFeed(null!, TimeProvider.System));

    [Fact]
    public void What_is_there_at_the_close_ends_and_so_does_what_comes_after_it()
    {
        var before = new Ending();
        var after = new Ending();
        var cause = new FormatException();
        _inbox.Add(Fact.WaitBegun(before));
        Assert.False(before.HasEnded);

        _inbox.Close(cause);
        _inbox.Add(Fact.WaitBegun(after));

        Assert.Equal((cause, cause), (before.Cause, after.Cause));
        Assert.True(_inbox.IsEmpty);
    }

    [Fact]
    public void When_it_is_closed_also_what_another_thread_had_taken_out_has_ended()
    {
        using var gate = new Gate();
        var taken = new Ending(gate);
        _inbox.Close(cause: null);
        var ending = Bounded.OnOwnThread(() => _inbox.Add(Fact.WaitBegun(taken)));
        gate.WaitUntilEntered();

        var closing = Bounded.OnOwnThreadUntilItWaits(() =>
        {
            _inbox.Close(cause: null);
            return taken.HasEnded;
        });
        gate.Open();

        Assert.True(closing.Ends());
        ending.Ends();
    }

    /// <summary>So those who go on to submit, however many and however fast, do not keep the engine from dying.</summary>
    [Fact]
    public void Who_adds_something_while_the_last_is_handed_over_waits_until_that_is_done()
    {
        using var gate = new Gate();
        var (before, meanwhile) = (new Ending(), new Ending());
        List<IAbandonable> last = [];
        _inbox.Add(Fact.WaitBegun(before));
        var closing = Bounded.OnOwnThread(() => _inbox.Close(cause: null, fact =>
        {
            last.Add(fact.Subject);
            gate.Pass();
        }));
        gate.WaitUntilEntered();
        Assert.True(_inbox.IsClosed);

        var adding = Bounded.OnOwnThreadUntilItWaits(() =>
        {
            _inbox.Add(Fact.WaitBegun(meanwhile));
            return true;
        });
        Assert.False(adding.IsCompleted);
        gate.Open();
        closing.Ends();
        adding.Ends();

        // Handed over as well, unless it came too late for that.
        Assert.Same(before, last[0]);
        Assert.False(before.HasEnded);
        Assert.NotEqual(meanwhile.HasEnded, last.Contains(meanwhile));
        Assert.True(_inbox.IsEmpty);
    }

    private sealed class Ending(Gate? gate = null) : IAbandonable
    {
        public Exception? Cause { get; private set; }

        public bool HasEnded { get; private set; }

        public void Abandon(Exception? cause)
        {
            gate?.Pass();
            Cause = cause;
            HasEnded = true;
        }

        public void PublishDrained()
        {
        }
    }
}

using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Dispatch;
using StageGate.Actors.Tests.Protocol;
using StageGate.Actors.Tests.Support;
using Dispatchers = StageGate.Actors.Tests.Support.Dispatchers;

namespace StageGate.Actors.Tests.Engine;

/// <summary>What a thread runs for those it has told something.</summary>
public class InlineDispatcherTests
{
    [Fact]
    [Guarantee("X6", "D8")]
    public void What_throws_keeps_the_thread_from_nothing_else_also_where_a_listener_to_errors_throws()
    {
        using var system = Systems.New();
        StageGateExtension.Of(system);
        var dispatcher = (InlineDispatcher)system.Dispatchers.Lookup(Dispatchers.Inline);
        var listener = new ThrowingRef();
        system.EventStream.Subscribe(listener, typeof(Error));
        var ran = false;

        Bounded.OnOwnThread(() => dispatcher.Execute(new ActionRunnable(() =>
        {
            dispatcher.Execute(new ActionRunnable(() => throw new FormatException()));
            dispatcher.Execute(new ActionRunnable(() => ran = true));
        }))).Ends();

        Assert.Equal(1, listener.Told);
        Assert.True(ran);
        system.Terminate().EndsSomehow();
    }
}

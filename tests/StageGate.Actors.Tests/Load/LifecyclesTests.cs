using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>The short form; the soak opens 200 and 50.</summary>
[Collection(WholeProcess.Name)]
[Guarantee("K3", "K9", "M1", "M4")]
public class LifecyclesTests
{
    private const int Schedulers = 9;

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    public void Schedulers_opened_and_closed_in_one_system_leave_no_actor_thread_handle_memory_or_object(string dispatcher) =>
        Lifecycles.InOneSystem(21, dispatcher);

    [Theory]
    [MemberData(nameof(Each))]
    public void Schedulers_with_systems_of_their_own_leave_nothing_either(string dispatcher) =>
        Lifecycles.WithOwnSystems(Schedulers, dispatcher);

    [Theory]
    [InlineData("schedulers")]
    [InlineData("props")]
    [InlineData("pipelines")]
    [InlineData("pipeline handles")]
    public void A_single_one_that_is_kept_is_seen(string what)
    {
        object? kept = null;
        var traces = new Traces { Patience = TimeSpan.Zero, OnTrace = (kind, traced) => kept ??= kind == what ? traced : null };

        var thrown = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Lifecycles.InOneSystem(Schedulers, Dispatchers.Inline, traces));

        Assert.Contains($" of {traces.Count(what)} {what}", thrown.Message, StringComparison.Ordinal);

        // It may keep others of its own scheduler, and in the end none of another.
        var ofOneScheduler = traces.Count(what) / traces.Count("schedulers");
        Assert.True(SpinWait.SpinUntil(() => traces.Alive().Count(alive => alive == what) <= ofOneScheduler, Limits.Wait));
        Assert.Contains(what, traces.Alive());
        GC.KeepAlive(kept);
    }
}

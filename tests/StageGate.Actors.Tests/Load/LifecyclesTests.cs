using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>The short form; the soak opens 200 and 50.</summary>
[Collection(WholeProcess.Name)]
public class LifecyclesTests
{
    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void Schedulers_opened_and_closed_in_one_system_leave_no_actor_thread_handle_or_memory(string dispatcher) =>
        Lifecycles.InOneSystem(21, dispatcher);

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void Schedulers_with_systems_of_their_own_leave_nothing_either(string dispatcher) => Lifecycles.WithOwnSystems(9, dispatcher);
}

using Akka.Actor;
using StageGate.Actors.Configuration;
using StageGate.Actors.Core;
using StageGate.Actors.Engine;
using StageGate.Actors.Tests.Support;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Engine;

/// <summary>In which order a dying engine ends what is open, where another thread is in the middle of ending some of it.</summary>
public sealed class EngineLinkTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();
    private readonly EngineLink _link;

    public EngineLinkTests() => _link = new EngineLink(_system, SchedulerSettings.From(new SchedulerOptions()));

    public void Dispose()
    {
        _system.Terminate().EndsSomehow();
        _system.Dispose();
    }

    [Fact]
    [Guarantee("V6", "D1")]
    public void A_pipeline_is_not_said_to_be_drained_before_a_task_that_another_thread_has_in_hand_has_ended()
    {
        using var gate = new Gate();
        var task = new OpenTask(gate);
        _link.Refuse(_ => { }, cause: null);
        var posting = Bounded.OnOwnThread(() => _link.Inbox.Add(Fact.WaitBegun(task)));
        gate.WaitUntilEntered();

        var pipeline = new OpenPipeline(task);
        var dying = Bounded.OnOwnThreadUntilItWaits(() =>
        {
            _link.Die([pipeline], Snapshot, cause: null);
            return pipeline.WasDrained;
        });
        gate.Open();

        Assert.True(dying.Ends());
        posting.Ends();
    }

    private static SchedulerSnapshot Snapshot() =>
        new SchedulerCore(new ResourceCapacities([]), pipelineParallelism: 1, taskParallelism: 1).Snapshot();

    private sealed class OpenTask(Gate gate) : IAbandonable
    {
        public bool HasEnded { get; private set; }

        public void Abandon(Exception? cause)
        {
            gate.Pass();
            HasEnded = true;
        }

        public void PublishDrained()
        {
        }
    }

    private sealed class OpenPipeline(OpenTask task) : IAbandonable
    {
        /// <summary>Whether all had ended when it was said to be drained.</summary>
        public bool WasDrained { get; private set; }

        public void Abandon(Exception? cause)
        {
        }

        public void PublishDrained() => WasDrained = task.HasEnded;
    }
}

using StageGate.Actors.Core;
using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>The one execution of a pipeline: where its control calls are valid, and what they do.</summary>
internal abstract class PipelineRun(PipelineWork work)
{
    private volatile int _stage;
    private KeyValuePair<string, decimal>[] _latestAmounts = [];
    private Demand _latestDemand = Demand.None;

    public PipelineWork Work { get; } = work;

    public int Stage => _stage;

    /// <summary>Begins a control call.</summary>
    /// <param name="call">What to call it in an error.</param>
    /// <exception cref="InvalidOperationException">The run has ended, or the caller is no part of it.</exception>
    public abstract Call Enter(string call);

    /// <summary>From now on every control call is refused.</summary>
    public abstract void End();

    public void StageForward()
    {
        _stage++;
        Work.Engine.Post(Fact.StageAdvanced(Work, _stage));
    }

    /// <summary>What tasks that require this much demand. Tasks in a row often require the same, and then share it.</summary>
    /// <param name="amounts">What is required. Nobody changes the array any more.</param>
    /// <exception cref="UnknownResourceException">The scheduler has no resource of that label.</exception>
    /// <exception cref="UnschedulableTaskException">One task asks for more than there is in all.</exception>
    public Demand Resolve(KeyValuePair<string, decimal>[] amounts)
    {
        if (amounts.Length == 0)
            return Demand.None;

        if (!AreSame(amounts, _latestAmounts))
        {
            _latestDemand = Work.Engine.Capacities.Resolve(amounts);
            Volatile.Write(ref _latestAmounts, amounts);
        }

        return _latestDemand;
    }

    /// <summary>
    /// What the latest task of this run requires, where that is this much of this alone: most tasks require as much as the one before them, and need
    /// no array of their own then. Asked by whoever builds a task, on any thread.
    /// </summary>
    public KeyValuePair<string, decimal>[]? FindSubmitted(string label, decimal amount) =>
        Volatile.Read(ref _latestAmounts) is [var (latest, required)] amounts && required == amount && latest == label ? amounts : null;

    /// <summary>Submits without a round trip: what could be refused was checked by the caller.</summary>
    public void Submit(TaskWork task) => Work.Engine.Intake.Accept(task);

    /// <summary>Ends a control call.</summary>
    protected abstract void Leave();

    private static bool AreSame(KeyValuePair<string, decimal>[] amounts, KeyValuePair<string, decimal>[] others)
    {
        if (amounts == others)
            return true;
        if (amounts.Length != others.Length)
            return false;

        for (var i = 0; i < amounts.Length; i++)
        {
            if (amounts[i].Value != others[i].Value || amounts[i].Key != others[i].Key)
                return false;
        }

        return true;
    }

    /// <summary>A control call that is being made.</summary>
    public readonly struct Call(PipelineRun run) : IDisposable
    {
        public PipelineRun Run => run;

        public void Dispose() => run.Leave();
    }
}

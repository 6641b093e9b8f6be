using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>Collects what a task with a result requires, and submits it.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public sealed class TaskBuilder<TResult>
{
    private TaskRequirements _requirements;
    private readonly TaskBody<TResult> _body;

    internal TaskBuilder(PipelineBase pipeline, TaskBody<TResult> body)
    {
        _requirements = new TaskRequirements(pipeline);
        _body = body;
    }

    /// <summary>Says how much of a resource the task needs while it runs. The same label again replaces the amount.</summary>
    /// <param name="label">The label of the resource; case-sensitive.</param>
    /// <param name="amount">How much, in whatever unit the scheduler was told its capacity in.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="label"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative.</exception>
    public TaskBuilder<TResult> Requires(string label, decimal amount)
    {
        _requirements.Add(label, amount);
        return this;
    }

    /// <summary>Says how much of several resources the task needs while it runs. The dictionary is copied.</summary>
    /// <param name="resources">Amounts by label.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="resources"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative; then none of them counts.</exception>
    public TaskBuilder<TResult> Requires(IReadOnlyDictionary<string, decimal> resources)
    {
        _requirements.Add(resources);
        return this;
    }

    /// <summary>Gives the task a name, to be shown in messages.</summary>
    /// <param name="name">The name; <see langword="null"/>: none.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder<TResult> Named(string? name)
    {
        _requirements.Name(name);
        return this;
    }

    /// <summary>Submits the task, at the pipeline's present stage. Each call submits one more. Does not wait for anything.</summary>
    /// <returns>The handle of the task.</returns>
    /// <exception cref="InvalidOperationException">
    /// Called outside <c>Run()</c> or <c>RunAsync()</c>, in another flow of control, or while another control call is in progress.
    /// </exception>
    /// <exception cref="UnknownResourceException">The scheduler has no resource of that label.</exception>
    /// <exception cref="UnschedulableTaskException">The scheduler has less of it in all than the task requires.</exception>
    /// <exception cref="SchedulerTerminatedException">The scheduler has died.</exception>
    public TaskHandle<TResult> Run() => new(_requirements.Submit(_body));
}

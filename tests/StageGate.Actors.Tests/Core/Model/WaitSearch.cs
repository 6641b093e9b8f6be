using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core.Model;

/// <summary>
/// Which waits can end, found out by trying everything that can happen: whoever does not wait ends, well or badly, in any order; then
/// pipelines start and tasks are admitted as ever. Slow, and plain to see that it is right.
/// </summary>
internal sealed class WaitSearch
{
    /// <summary>One letter for each piece of work: on its way to the core, which may take it to end some time, queued, going, ended well, ended badly.</summary>
    private const char Unknown = 'u';
    private const char Queued = 'q';
    private const char Going = 'g';
    private const char Well = 'w';
    private const char Badly = 'b';

    private readonly WorkEntry[] _works;
    private readonly (WorkEntry Work, OpenWait Wait)[] _waits;
    private readonly int _pipelineParallelism;
    private readonly int _taskParallelism;
    private readonly ExactAmount _capacity;
    private readonly HashSet<string> _visited = [];
    private readonly HashSet<WorkEntry> _satisfied = [];

    private WaitSearch(
        IEnumerable<WorkEntry> works, IEnumerable<(WorkEntry, OpenWait)> waits, int pipelines, int tasks, decimal capacity)
    {
        _works = [.. works];
        _waits = [.. waits];
        _pipelineParallelism = pipelines;
        _taskParallelism = tasks;
        _capacity = ExactAmount.From(capacity);
    }

    /// <returns>Those of the waiting whose wait can end.</returns>
    public static HashSet<WorkEntry> Satisfiable(
        IEnumerable<WorkEntry> works, IEnumerable<(WorkEntry, OpenWait)> waits, int pipelines, int tasks, decimal capacity)
    {
        var search = new WaitSearch(works, waits, pipelines, tasks, capacity);
        search.Visit([.. search._works.Select(Letter)]);
        return search._satisfied;
    }

    private static char Letter(WorkEntry work) => work switch
    {
        PipelineEntry { State: null } or TaskEntry { State: null } => Unknown,
        { IsQueued: true } => Queued,
        { HasEnded: false } => Going,
        _ => work.HasFailed ? Badly : Well,
    };

    private void Visit(char[] state)
    {
        Settle(state);
        if (!_visited.Add(new string(state)))
            return;

        var waiting = new HashSet<WorkEntry>();
        foreach (var (work, wait) in _waits)
        {
            if (IsMet(wait, state))
                _satisfied.Add(work);
            else
                waiting.Add(work);
        }

        for (var i = 0; i < state.Length; i++)
        {
            if (state[i] is not (Going or Unknown) || waiting.Contains(_works[i]))
                continue;

            // How it ends matters only to those who wait for a failure.
            foreach (var ending in _waits.Any(pair => pair.Wait.Until == ReturnWhen.FirstException) ? (char[])[Well, Badly] : [Well])
            {
                char[] next = [.. state];
                next[i] = ending;
                Visit(next);
            }
        }
    }

    private bool IsMet(OpenWait wait, char[] state)
    {
        var targets = wait.Targets.Select(target => state[Array.IndexOf(_works, target)]).ToList();
        return targets.TrueForAll(target => target is Well or Badly) || wait.Until switch
        {
            ReturnWhen.FirstCompleted => targets.Exists(target => target is Well or Badly),
            ReturnWhen.FirstException => targets.Contains(Badly),
            _ => false,
        };
    }

    private void Settle(char[] state)
    {
        foreach (var i in Places<PipelineEntry>(state, Queued).OrderBy(i => _works[i].Id).ToList())
        {
            if (Places<PipelineEntry>(state, Going).Count() < _pipelineParallelism)
                state[i] = Going;
        }

        var line = Places<TaskEntry>(state, Queued)
            .OrderByDescending(i => Task(i).Stage).ThenBy(i => Task(i).Pipeline.Id).ThenBy(i => Task(i).Id).ToList();
        foreach (var i in line)
        {
            var going = Places<TaskEntry>(state, Going).Select(Task).ToList();
            var inUse = going.Append(Task(i)).Aggregate(default(ExactAmount), (sum, task) => sum + Needs(task));
            if (going.Count == _taskParallelism || inUse > _capacity)
                return;
            state[i] = Going;
        }
    }

    private static ExactAmount Needs(TaskEntry task)
    {
        var sum = default(ExactAmount);
        foreach (var claim in task.Demand.Claims)
            sum += claim.Amount;
        return sum;
    }

    private TaskEntry Task(int i) => (TaskEntry)_works[i];

    private IEnumerable<int> Places<TWork>(char[] state, char letter) =>
        Enumerable.Range(0, state.Length).Where(i => _works[i] is TWork && state[i] == letter);
}

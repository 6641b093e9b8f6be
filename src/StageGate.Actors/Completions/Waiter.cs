using StageGate.Actors.Core;

namespace StageGate.Actors.Completions;

/// <summary>One wait for enough of the handles of a <see cref="CompletionFeed{THandle}"/>.</summary>
internal sealed class Waiter<THandle>(CompletionFeed<THandle> feed, int from, ReturnWhen until) : ReleasableWait
    where THandle : WorkHandle
{
    public int From { get; } = from;

    public override ReturnWhen Until { get; } = until;

    public override bool IsOver => feed.HasEnough(this);

    public override IEnumerable<WorkEntry> Targets => feed.Pending().Select(handle => handle.Work);

    public override WorkEntry AnyTarget => feed[0].Work;

    public override int Count => feed.Count - From;

    public override void Leave() => feed.Leave(this);
}

namespace StageGate.Actors.Core;

/// <summary>How many pipelines are in each state. The only way to change a count is to move a pipeline from one state to another.</summary>
internal sealed class PipelineTally
{
    private readonly long[] _counts = new long[(int)PipelineState.Canceled + 1];

    public long Live => _counts[(int)PipelineState.Queued] + _counts[(int)PipelineState.Running];

    public void Move(PipelineState? from, PipelineState to)
    {
        if (from is { } old)
            _counts[(int)old]--;
        _counts[(int)to]++;
    }

    public PipelineCounts Counts() => new(
        Queued: _counts[(int)PipelineState.Queued],
        Running: _counts[(int)PipelineState.Running],
        Succeeded: _counts[(int)PipelineState.Succeeded],
        Failed: _counts[(int)PipelineState.Failed],
        Canceled: _counts[(int)PipelineState.Canceled]);
}

namespace StageGate.Actors;

/// <summary>A task that holds a worker and what it requires.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, if it was given one.</param>
/// <param name="PipelineId">The id of the pipeline that submitted it.</param>
/// <param name="PipelineName">The name of that pipeline, if it was given one.</param>
/// <param name="IsRunning">Whether its callable is running; otherwise its worker has yet to begin it.</param>
public sealed record AdmittedTask(long Id, string? Name, long PipelineId, string? PipelineName, bool IsRunning);

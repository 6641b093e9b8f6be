namespace StageGate.Actors;

/// <summary>A pipeline that has a place: its <c>Run()</c> or <c>RunAsync()</c> has begun, or begins in a moment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, if it was given one.</param>
/// <param name="Stage">The stage it has come to; it starts at 0.</param>
public sealed record RunningPipeline(long Id, string? Name, int Stage);

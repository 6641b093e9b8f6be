namespace StageGate.Samples.Archive.Output;

/// <summary>A line every few seconds, for files, pipes and logs.</summary>
internal sealed class PlainProgressView(TextWriter output, TimeProvider clock) : IProgressView
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    public void Watch(RunProgress beginning, Action<Action<RunProgress>> work)
    {
        var last = beginning;
        var shown = clock.GetTimestamp();
        work(now =>
        {
            last = now;
            if (clock.GetElapsedTime(shown) < s_interval)
                return;

            output.WriteLine(now);
            shown = clock.GetTimestamp();
        });
        output.WriteLine(last);
    }
}

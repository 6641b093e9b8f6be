using StageGate.Actors;

namespace StageGate.Samples.MessageDriven;

/// <summary>One file: read, then counted. What has been read is counted before more is read.</summary>
internal sealed class FilePipeline(string path) : Pipeline<TextStatistics>
{
    protected override TextStatistics Run()
    {
        var text = NewTask(() => File.ReadAllText(path)).Requires("disk", 1).Named("read").Run().GetResult();
        StageForward();
        return NewTask(() => TextStatistics.Of(text)).Requires("cpu", 1).Named("count").Run().GetResult();
    }
}

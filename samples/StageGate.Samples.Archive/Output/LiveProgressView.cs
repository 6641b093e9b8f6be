using Spectre.Console;

namespace StageGate.Samples.Archive.Output;

/// <summary>A bar that moves, for terminals.</summary>
internal sealed class LiveProgressView(IAnsiConsole console) : IProgressView
{
    public void Watch(RunProgress beginning, Action<Action<RunProgress>> work) =>
        console.Progress()
            .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                // A folder may hold nothing, or empty files only; a bar has to have a length.
                var bar = context.AddTask(Markup.Escape(beginning.ToString()), maxValue: Math.Max(1, beginning.Bytes));
                bar.Value = beginning.Files == 0 ? bar.MaxValue : 0;
                work(now =>
                {
                    bar.Description = Markup.Escape(now.ToString());
                    bar.Value = now.FilesDone == now.Files ? bar.MaxValue : now.BytesDone;
                });
            });
}

namespace StageGate.Samples.MessageDriven;

internal readonly record struct TextStatistics(long Lines, long Words, long Characters)
{
    public static TextStatistics operator +(TextStatistics left, TextStatistics right) =>
        new(left.Lines + right.Lines, left.Words + right.Words, left.Characters + right.Characters);

    public static TextStatistics Of(string text)
    {
        var words = 0L;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            foreach (var range in line.SplitAny(' ', '\t'))
                words += range.Start.Equals(range.End) ? 0 : 1;
        }

        return new(text.AsSpan().Count('\n'), words, text.Length);
    }

    public override string ToString() => $"{Lines} lines, {Words} words, {Characters} characters";
}

namespace StageGate.Actors.Benchmarks.Report;

/// <summary>A table that is readable as it stands, and is Markdown too.</summary>
internal sealed class Table(params string[] heads)
{
    private readonly List<string[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(params string[] cells) => _rows.Add(cells);

    public void WriteTo(TextWriter output)
    {
        var widths = heads.Select((head, i) => Math.Max(3, _rows.Select(row => row[i].Length).Append(head.Length).Max())).ToArray();
        Write(heads);
        Write([.. widths.Select(width => new string('-', width))]);
        _rows.ForEach(Write);
        output.WriteLine();

        void Write(string[] cells) => output.WriteLine($"| {string.Join(" | ", cells.Select((cell, i) => cell.PadRight(widths[i])))} |");
    }
}

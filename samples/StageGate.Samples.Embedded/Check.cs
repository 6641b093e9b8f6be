namespace StageGate.Samples.Embedded;

/// <summary>Whether the work is right: done once more, plainly, one file after the other.</summary>
internal static class Check
{
    public static async Task<IReadOnlyList<string>> Faults(Input input, FileIndex index, string address)
    {
        List<string> faults = [.. index.Unreadable];
        var expected = Directory.EnumerateFiles(input.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !input.IsReport(file)).Order(StringComparer.Ordinal).Select(IndexedFile.Of).ToList();
        if (!expected.SequenceEqual(index.Files))
            faults.Add("The index is not what the files are.");

        var title = FormattableString.Invariant($"# {expected.Count} files, {expected.Sum(file => file.Size)} bytes");
        if (File.ReadLines(input.Report).First() != title)
            faults.Add($"The report {input.Report} does not begin with '{title}'.");

        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var health = await http.GetAsync("health");
        if (!health.IsSuccessStatusCode)
            faults.Add($"{address}/health says {await health.Content.ReadAsStringAsync()}.");
        return faults;
    }
}

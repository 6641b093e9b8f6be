using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace StageGate.Samples.Archive.Input;

/// <summary>From the words of the command line to <see cref="ArchiveOptions"/>.</summary>
internal static class CommandLine
{
    private const int MaxThreads = 1000;

    private static readonly Argument<string?> s_folder = new("folder")
    {
        Description = "The folder to archive. Without it: the tree of this repository, but for .git, bin and obj.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string?> s_target = new("target")
    {
        Description = "Where the archive goes: a new or an empty folder. Without it: a new temporary folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int?> s_cpu = WholeNumber(
        "--cpu", "How much there is of the resource \"cpu\". Each task takes 1.", "the processors there are");

    private static readonly Option<decimal?> s_mem = new("--mem")
    {
        Description = "How much there is of the resource \"mem\", in MiB. To compress takes about twice the size. [default: 64]",
        HelpName = "MiB",
        CustomParser = ParseAmount,
    };

    private static readonly Option<int?> s_tasks = WholeNumber(
        "--tasks", "How many tasks may run at a time.", "as --cpu, but at least 2");

    private static readonly Option<int?> s_pipelines = WholeNumber(
        "--pipelines", "How many files may be on their way at a time.", "four times --tasks");

    private static readonly Option<bool> s_noStages = new("--no-stages")
    {
        Description = "Do the same work once more without StageForward, and compare what the two runs had to hold at a time.",
    };

    /// <summary>Reads the command line; where there is nothing to do but to answer, it answers.</summary>
    /// <returns>The exit code, where the program is to end; otherwise <see langword="null"/>, and there are options.</returns>
    public static int? Read(string[] args, out ArchiveOptions? options)
    {
        options = null;
        var parsed = Command().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors is [var error, ..])
            return Refuse(error.Message.ReplaceLineEndings(" ").TrimEnd());

        if (parsed.Action is not null)
            return parsed.Invoke();

        // An unknown option looks like a folder to the parser. A folder that is really called so can be written as ./--name.
        string?[] folders = [parsed.GetValue(s_folder), parsed.GetValue(s_target)];
        if (folders.FirstOrDefault(folder => folder?.StartsWith('-') is true) is { } unknown)
            return Refuse($"There is no option {unknown}.");
        if (folders.Contains(""))
            return Refuse("The name of a folder cannot be empty.");

        var cpu = parsed.GetValue(s_cpu) ?? Environment.ProcessorCount;
        var tasks = parsed.GetValue(s_tasks) ?? Math.Max(2, cpu);
        options = new ArchiveOptions(
            folders[0],
            folders[1],
            cpu,
            parsed.GetValue(s_mem) ?? 64,
            parsed.GetValue(s_pipelines) ?? Math.Min(MaxThreads, 4 * tasks),
            tasks,
            parsed.GetValue(s_noStages));
        return null;
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine($"{reason} Try --help.");
        return ExitCode.CannotBegin;
    }

    private static RootCommand Command() => new(
        """
        Archives a folder: each file is read and hashed in chunks, compressed with Brotli, decompressed again to compare the hash, and
        moved into place, under "files" in the target; manifest.tsv lists SHA-256, size, compressed size and path of what is in place.

        Exit codes: 0 all archived, 1 some files could not be, 2 it could not begin, 130 stopped by Ctrl-C or SIGTERM.
        """)
    {
        s_folder, s_target, s_cpu, s_mem, s_pipelines, s_tasks, s_noStages,
    };

    private static Option<int?> WholeNumber(string name, string description, string byDefault)
    {
        return new Option<int?>(name)
        {
            Description = $"{description} [default: {byDefault}]",
            HelpName = "n",
            CustomParser = Parse,
        };

        int? Parse(ArgumentResult result)
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxThreads)
                return number;

            result.AddError($"{name} takes a whole number from 1 to {MaxThreads}, not '{text}'.");
            return null;
        }
    }

    private static decimal? ParseAmount(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount is > 0 and <= 1_000_000_000)
        {
            return amount;
        }

        result.AddError($"--mem takes a number of MiB above 0, as 64 or 0.5, not '{text}'.");
        return null;
    }
}

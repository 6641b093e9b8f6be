using System.CommandLine;
using StageGate.Samples.AsyncCrawl;

var folder = new Argument<string>("folder")
{
    Description = "The folder to crawl.",
    DefaultValueFactory = _ => ".",
};
var verify = new Option<bool>("--verify")
{
    Description = "Compute the digest once more, one file after the other, and compare.",
};
var command = new RootCommand("Computes a digest for every folder below a folder: two trees with the same digest have the same content.")
{
    folder, verify,
};
command.SetAction((parsed, cancellationToken) =>
    Crawl.RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(verify), cancellationToken));
return await command.Parse(args).InvokeAsync();

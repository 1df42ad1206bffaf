using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Training;

// Own arrays: points of the plane; class 1 within a distance of 0.5 from the middle.
var random = new Random(7);
var points = Enumerable.Range(0, 2 * 2000).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
var labels = points.Chunk(2).Select(point => (point[0] * point[0]) + (point[1] * point[1]) < 0.25f ? 1 : 0).ToArray();
var data = new DataSetSource("rings", new FloatDataSet("rings", SampleShape.Vector(2), points, labels, classes: 2));

// An own network, below: two hidden layers that it may be cut between, and a classifier.
var models = new ModelCatalogue();
models.Register("mine", Mine);

// Three sparse heads of one block each. A run that was interrupted goes on from where it was.
var options = new RunOptions
{
    Model = new() { Name = "mine" },
    Ensemble = new() { Heads = 3, BlocksInHead = 1 },
    Topology = new() { Density = 0.5 },
    Training = new() { Epochs = 30, LearningRate = 0.1 },
};
var engine = new RunEngine(TimeProvider.System, data, models);
var progress = new Progress<RunUpdate>(update =>
    Console.Write(update is RunMeasured found ? $"step {found.Step}: {found.Accuracy:0.000}\n" : "")
);
var result = await engine.TrainAsync(new(options, "runs/rings", ResumeMode.Auto), progress, default);
Console.WriteLine($"{result.Outcome} after {result.Step} steps: accuracy {result.Summary!.Accuracy:0.000}");

// The run folder is the model, for any program that registers the same network (the command line knows its own networks alone).
await using var predictor = await engine.OpenAsync(new("runs/rings", CheckpointChoice.Best), progress, default);
var predictions = await predictor.PredictAsync(new[] { 0.1f, 0.2f, 0.9f, -0.8f });
Console.WriteLine($"the middle is class {predictions.Class(0)}, the corner class {predictions.Class(1)}");

static Network Mine(ModelOptions options, SampleShape input, int classes)
{
    var stem = Block.Of("stem", (graph, value) => graph.Flatten(value));
    var classifier = Block.Of("classifier", (graph, value) => graph.Linear(string.Empty, value, classes, isClassifier: true));
    return new("mine", input, stem, [Layer("first"), Layer("second")], classifier);
}

static Block Layer(string name) => Block.Of(name, (graph, value) => graph.ReLU(graph.Linear("linear", value, 64)));

namespace NeuroTrails.Data;

/// <summary>How CIFAR-10 and CIFAR-100 differ: record layout, file names, class count. Source:
/// https://www.cs.toronto.edu/~kriz/cifar.html.</summary>
/// <param name="Name">Name in the catalogue.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="LabelBytes">Label bytes ahead of the pixels of a binary record; the last of them is the one we learn.</param>
/// <param name="LabelKey">Key of the labels in a python batch.</param>
/// <param name="BinaryFolder">Folder within the binary archive.</param>
/// <param name="PythonFolder">Folder within the python archive.</param>
/// <param name="TrainFiles">Training files without <c>.bin</c>, in order.</param>
/// <param name="TestFiles">Test files without <c>.bin</c>, in order.</param>
/// <param name="TrainRecords">Records a training file holds; 0 leaves it open.</param>
/// <param name="TestRecords">Records a test file holds; 0 leaves it open.</param>
internal sealed record CifarLayout(
    string Name,
    int Classes,
    int LabelBytes,
    string LabelKey,
    string BinaryFolder,
    string PythonFolder,
    IReadOnlyList<string> TrainFiles,
    IReadOnlyList<string> TestFiles,
    int TrainRecords,
    int TestRecords
)
{
    // CIFAR-10: five training batches of 10,000 and one of test images.
    public static CifarLayout Ten { get; } =
        new(
            "cifar10",
            10,
            1,
            "labels",
            "cifar-10-batches-bin",
            "cifar-10-batches-py",
            ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"],
            ["test_batch"],
            10_000,
            10_000
        );

    // CIFAR-100: coarse then fine label; we learn the fine one.
    public static CifarLayout Hundred { get; } =
        new("cifar100", 100, 2, "fine_labels", "cifar-100-binary", "cifar-100-python", ["train"], ["test"], 50_000, 10_000);

    public static SampleShape Shape { get; } = new(3, 32, 32);

    public int RecordBytes => LabelBytes + Shape.Length;

    public string BinaryArchive => $"cifar-{Classes}-binary.tar.gz";

    public string PythonArchive => $"cifar-{Classes}-python.tar.gz";
}

namespace NeuroTrails.Models.Graphs;

/// <summary>
/// What is changed about every layer of a network while its graph is built: by itself their width; what derives from it may put other
/// operations in a layer's place. Blocks know nothing of it.
/// </summary>
/// <param name="width">Factor on the outputs of every layer but the classifier, above 0.</param>
public class GraphDecoration(double width)
{
    /// <summary>Outputs of a layer that a block asks so many of: at least 1.</summary>
    /// <param name="outputs">Outputs as asked for.</param>
    public virtual int Channels(int outputs) =>
        (int)Math.Clamp(Math.Round(outputs * width, MidpointRounding.AwayFromZero), 1, int.MaxValue);

    /// <summary>Builds what stands for a convolution; see <see cref="GraphBuilder.Convolution"/>.</summary>
    internal virtual GraphValue Convolution(GraphBuilder graph, string name, GraphValue input, int outputs, int kernel, int stride) =>
        graph.PlainConvolution(name, input, Channels(outputs), kernel, stride);

    /// <summary>Builds what stands for a linear map; see <see cref="GraphBuilder.Linear"/>.</summary>
    internal virtual GraphValue Linear(GraphBuilder graph, string name, GraphValue input, int outputs, bool isClassifier) =>
        graph.PlainLinear(name, input, isClassifier ? outputs : Channels(outputs), isClassifier);
}

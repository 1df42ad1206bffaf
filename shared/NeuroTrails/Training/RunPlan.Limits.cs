using System.Globalization;
using NeuroTrails.Models;

namespace NeuroTrails.Training;

/// <content>What no machine can hold.</content>
public sealed partial class RunPlan
{
    // Four terabytes of float32; and more tensors than anybody could wait for, each of which costs a plan some hundred bytes.
    private const long MostValues = 1L << 40;
    private const long MostTensors = 1L << 17;
    private const string LessPlease = "Change ensemble.heads, model.hidden or model.name.";

    // Before anything is made for each owner, or a list alone could take all memory.
    private void RefuseImpossible(int heads)
    {
        var (backbone, head) = (Values(Backbone), Values(Head));
        var values = backbone + ((Int128)heads * head);
        var tensors = Backbone.Tensors.Count + ((long)heads * Head.Tensors.Count);
        if (values > MostValues || tensors > MostTensors)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Network.Name} with {heads:N0} {(heads == 1 ? "head" : "heads")} has {Text(values)} values in {tensors:N0} tensors. "
                )
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"Allowed are {MostValues:N0} values and {MostTensors:N0} tensors. {LessPlease}"
                    )
            );
        }

        // Nobody reads twenty digits.
        static string Text(Int128 count) =>
            ((double)count).ToString(count < 1_000_000_000_000 ? "N0" : "0.00e0", CultureInfo.InvariantCulture);

        static Int128 Values(NetworkPart part) => part.Tensors.Aggregate((Int128)0, (sum, spec) => sum + spec.Count);
    }
}

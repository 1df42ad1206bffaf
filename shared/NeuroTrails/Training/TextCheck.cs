using NeuroTrails.Configuration;
using NeuroTrails.Methods;

namespace NeuroTrails.Training;

/// <summary>Refuses settings that say nothing of texts.</summary>
internal static class TextCheck
{
    /// <summary>Checks the settings of a run on windows of tokens; others pass.</summary>
    /// <param name="method">How the ensemble is made.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="data">Shape of the data.</param>
    /// <exception cref="UserErrorException">One does not fit.</exception>
    public static void Check(EnsembleMethod method, RunOptions options, DataShape data)
    {
        if (!data.Sample.IsTokens)
        {
            return;
        }

        if (!method.TakesText)
        {
            var allowed = EnsembleMethods.Names.Where(name => EnsembleMethods.Of(name).TakesText);
            throw new UserErrorException(
                $"Method {method.Name} makes no ensembles of language models. Allowed on texts: {string.Join(", ", allowed)}. Change "
                    + "ensemble.method."
            );
        }

        Refuse(options.Ensemble.Prediction == PredictionRule.Logits, "ensemble.prediction", "logits", "probabilities");
        Refuse(options.Training.ClassWeights != ClassWeighting.None, "training.class_weights", "balanced", "none");
        Refuse(options.Training.LabelSmoothing != 0, "training.label_smoothing", "above 0", "0");
        Refuse(options.Topology.IsoFlops, "topology.iso_flops", "true", "false");
        if (data.Sample.Width < 2)
        {
            throw new UserErrorException(
                $"A window of {data.Sample.Width} token has no next token to learn. Allowed: 2 or more. Change data.window."
            );
        }

        static void Refuse(bool wrong, string path, string seen, string allowed)
        {
            if (wrong)
            {
                throw new UserErrorException($"{path} is {seen}, which is not possible on texts. Allowed here: {allowed}. Change {path}.");
            }
        }
    }
}

namespace NeuroTrails.Data.Corruptions;

/// <summary>Numbers of distributions that are not uniform.</summary>
internal static class Draws
{
    private static readonly double[] LogFactorials = Factorials(2048);

    // A normal number of mean 0 and deviation 1 (Box and Muller 1958).
    public static double Normal(ref CounterRandom random)
    {
        // 1 − u is never 0.
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    // A Poisson number: by counting below 10, else by transformed rejection (W. Hörmann 1993, "PTRS").
    public static int Poisson(double mean, ref CounterRandom random)
    {
        if (mean < 10)
        {
            var (count, product, least) = (0, random.NextDouble(), Math.Exp(-mean));
            while (product > least)
            {
                product *= random.NextDouble();
                count++;
            }

            return count;
        }

        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        var inverse = 1.1239 + (1.1328 / (b - 3.4));
        var sure = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var u = random.NextDouble() - 0.5;
            var v = 1 - random.NextDouble();
            var edge = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / edge) + b) * u) + mean + 0.43);
            if (edge >= 0.07 && v <= sure)
            {
                return (int)k;
            }

            if (k < 0 || k >= LogFactorials.Length || (edge < 0.013 && v > edge))
            {
                continue;
            }

            var accepted = (k * Math.Log(mean)) - mean - LogFactorials[(int)k];
            if (Math.Log(v) + Math.Log(inverse) - Math.Log((a / (edge * edge)) + b) <= accepted)
            {
                return (int)k;
            }
        }
    }

    private static double[] Factorials(int count)
    {
        var logs = new double[count];
        for (var k = 1; k < count; k++)
        {
            logs[k] = logs[k - 1] + Math.Log(k);
        }

        return logs;
    }
}

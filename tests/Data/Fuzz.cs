namespace NeuroTrails.Tests.Data;

/// <summary>Damages bytes at random and demands a clear error or a success, nothing else.</summary>
internal static class Fuzz
{
    /// <summary>Mutates the first <paramref name="reach"/> bytes mostly, the rest sometimes; cuts and lengthens too.</summary>
    public static void Mutate(byte[] intact, int reach, int rounds, int seed, Action<byte[]> read)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            var bytes = (byte[])intact.Clone();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(random.Next(8) == 0 ? bytes.Length : Math.Min(reach, bytes.Length));
                bytes[at] = random.Next(4) switch
                {
                    0 => (byte)random.Next(256),
                    1 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                    2 => 0xff,
                    _ => bytes[random.Next(bytes.Length)],
                };
            }

            if (random.Next(4) == 0)
            {
                bytes = bytes[..random.Next(bytes.Length)];
            }
            else if (random.Next(8) == 0)
            {
                bytes = [.. bytes, .. new byte[random.Next(1, 40)]];
            }

            try
            {
                read(bytes);
            }
            catch (UserErrorException error)
            {
                refused++;
                Assert.NotEmpty(error.Message);
            }
        }

        Assert.True(refused > rounds / 10, $"only {refused} of {rounds} damaged inputs were refused");
    }
}

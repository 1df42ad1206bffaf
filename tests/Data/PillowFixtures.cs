namespace NeuroTrails.Tests.Data;

/// <summary>Images that Pillow wrote, in base64: 7x5 pixels, value (31x + 17y + 50c) mod 256 unless said otherwise.</summary>
internal static class PillowFixtures
{
    /// <summary>Grey.</summary>
    public const string Grey = "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAAAAACs8akEAAAAFUlEQVR4nGNkkJeXl5eXZxKEAFw0ADh7AqBdmQA5AAAAAElFTkSuQmCC";

    /// <summary>Colour.</summary>
    public const string Colour = "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAIAAAAG+GGPAAAAFElEQVR4nGNkMEqRxwBMgtgA5aIAC4sIYhSZZKIAAAAASUVORK5CYII=";

    /// <summary>Colour with alpha 9.</summary>
    public const string ColourAlpha =
        "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAYAAACJmvbYAAAAHElEQVR4nGNkMErhlJeXZ8CGmQQFBRlwYRpJAgC7Xwhrty+TZAAAAABJRU5ErkJggg==";

    /// <summary>Grey with alpha 9.</summary>
    public const string GreyAlpha =
        "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAQAAAAjkz5TAAAAFUlEQVR4nGNk4JRnQEAmQQZkSBIXAG23Aqmqx7K8AAAAAElFTkSuQmCC";

    /// <summary>Palette of 5 (40i, 10i + 3, 255 - i), index (x + y) mod 5, 4 bits.</summary>
    public const string Palette =
        "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFBAMAAAB7tOvrAAAAMFBMVEUAA/8oDf5QF/14IfygK/sAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAApxLgcAAAAH0lEQVR4nGNgVHYQYBAyYVRgUHYQMmAwAfIZHIRMGAAfNgKf0NQg7gAAAABJRU5ErkJggg==";

    /// <summary>One bit: (x + y) mod 2.</summary>
    public const string BlackWhite = "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFAQAAAACh4ct1AAAAEklEQVR4nGMIYVjFEMKwiiEEAAuaAlHdroItAAAAAElFTkSuQmCC";

    /// <summary>48x40 colours, row y with filter y mod 5 (not written by Pillow, but read by it).</summary>
    public const string Filters =
        "iVBORw0KGgoAAAANSUhEUgAAADAAAAAoCAIAAAA35e4mAAAJa0lEQVR42s2Ya1BU5xnHn/dydpf7Re53BAG5uwjIXQggd0EQucpV5CYKoiAKiiJqJJFo1BiT2qipTdM2bdqm7XQ6nU5tOvmQL3Ey44fMZOJk6ofMJHEyFSECPec55yxnlz2ZfkuZ/7zzLPu+7/NefvvfZw8AgAmoO3A/MISBKRocE8DZDK5p4J4BnlnglQU+WeCXAQFpEGSGkAQIi4aNYRDpB1HuEGOC2FWIX4DEbyD532D+HLY+hLRPYNvHkPkRZH8Iufdh+30ouA+FH0LxR1DyMZR9AhUPoepzqH4Mu76BugWoB2gwQZMHtPjDXsKAiQuyyAjUAFQAyoEyQilQQK0AXQb6HOj3QJeALhL6DBQtaIJFfGsJuz3HISvqDBQn5Di5ARNZkjqILcFW7CYuyEpEX1RfP/DH9SXYkwEMBmCSiCQBmEAYR8nroKLEvYlHKYqyVSJphbIVgqJsmbIpwqYwWEGtoqQNSoeCa1bXzakkJTVlBmYrroyziFi1ypURSrBdFa9A22Fdf0sr3tQqkcYSosxA/4dRosAN3HzBI5RsiCbeSdQ3jfpns8B8FlzEQ0uE8DIhosywqcwQXWLcXGSMyzclZJuS0hy2JDmmRDumhjql+zpluDpnGZxzVlzy/uOS/7XrC4/dir5w2/GZe+lD9/JPPSofeOx84FnzwLP20w27H3rt+cyr8Qvv5sferV/7tD316Vjx7TL47nPz2+/r3xfmPxATcIB4gqcJmZIkskaogSDURD0hIkmCmtDnBKEmKtRE0oImWCQq1Nh5GU8U8JAoUaHGFEZNUgeiQk1soCb6aFN9tJk+2lwfbUEHbVdwtRAtQU3sQU0QarxlGVgFaqpALQeTNlDLbFivVoLa8nlibNY+1HiYdkWJcmUEW5HTFf3ODO9LDlaws2UgEOXKbGRa9x8IgZAoEpZIN6axyFweVSTElBtiq43xdabEPY7JjU7mRuetjS5pe1y31bllVrtnl3vkFnluz/UqSPMuTPQpjvItCfYr8/avcAmo4oHVy0G7nobUfRta/1VYw+Pwpi83tjyK2Psosv3Rps4vo7ofx/R8tbn329j+p3GDy/FDQsIhl8QR76TRkOSjUebxpJSJ9K0nSDiEK3ChjBShJgg1XTshccfLFKEmCDVVQJZYFluqBIv41hJRoRYHUs0JUWlaBWoxHVWSOmAso01tPRr0PZroezTV92im79F2zdobvC1ES1BThJoi1NTaqalk1mtQUw3UDANsp5i1U6NNU+tFinnPighzBFnbrjm1XeuUocYzJ9iuUoSaoohOi1cm3tQqjiXqDNR6lHHdKDmABEhIJUk5bEuRkFJpSK0zpTc5ZrQ5ZXW55PS45fW65/d6vtDrVdTjvaPLt7TNv7wpoLIuaGdlSE1RaG1O+O7UiD3xkY2RUc1BMa0bNrc5x3UICV2rifuWkvc/Nfd9lzLwJPXAk/SDT7YNf5d5+Gn2kaWcsdW8Y0L+ceeCSa/Ck0HF05E7ziSUnk0tP5dbcaG46iJJhmSTzBdKcmpKBZE+qkIt2bW0Y8mpKf1ePACqQk0lLajxAv5fgZpKnZfxROUZ5BOSoKZSCqNMNCZ1oCrU9P+w/AiGYKkMUCWg5CJBTma5X1unZoqW1wWrqFPqBrVrnuGMcyagDPa0rvywLkV0nZrqCzexgvEyxU+D5cqYQoLeKAnqbMgupLkVfHudoaDFVNjlVNznUjLkVjbiUXHEq2rMp3rMb9dYQN2RoPqR0Iah8Ka+iJauTXtbYtrrYjsr4rsLE3uykntTUvrjUgc3pg8FZhzyyh5xzR112H5UKBinhROw4wSUTkH5KVp5Wqiecdg161p33qv+xcCGuYjml+Na51PaLmd3vFrYfa2y57Xdva+TPMhTiGYItUgcU6GWqMb9MYRa5JSpUDOF6GcMoVaDRXxrCdkXOy/jUYnDtSckYAqjJqkDBjLa9qAGfaiJPtRUH2qmD/V6tCMhUvJoyuRWQLPmRAM1Wi2RSZNdmCnWrDVoCWqqgVqGk+MWOK4WFyE1HFPb2LQsQQu1xqBtyw/VcFdVWm1hZLbBCqOreFPiF49yZUy3szaAciivpZXNws4uU82AU+2Iy+5x9z2TGxqnfZpn/FtnA9tmQzpmw7tmIvdNR+2f3Nw3Hj8wknRgwHywa+twc/rh2swjZTljBXnHMguObymajC05GVE+HVx5xq/6rFftOY/6C24NF92aX3Lbe8mj4xWv7it+PVeD+65HDN6IPXjTPPxm5uitgrG3yifu1E6+3XLyXvfpd0gVVClwoYwMoVaOGaHGLYo7XmYItcgsU6FmyDJbCxaZCjV2XsaB8gzyCUlQYwojW0vqwFSomQz1j+7OlpJWVDzE6zo103dqpu/UXHFqWO/UaNP2nVrQc+ofqKntQk01VGqkQC1WU1xzZdy6G7cTQxM0dbKWfsPeEcf2CZfOaffuc149c7698wH9V0IGr4YPXY08dDVm5Erc6Hzi0Tnz+LnUieltJyayp0byTvUXnO4snmksna2pOF9a/eL22rmM+pfNTfPxrZej21+N6L4Wtv+1kP7XQ4beCBn+SdjoTyPGb0cfvxs/9TPz6Z9nnP1F/vlfls79uubSb5ouv9957fcDNz44/MafSCu0KnBxhJoj1Byhxi8eaX8coeYINUeouQLyM45Q48sFjlBjBwlqjlBzZQb5hDh+YgwcoeZKXgdLyyxOTey1Nga93qyZvdbGoNebtWCvtXCdAikK0fg4Qqm+qfqbk6oFvrpyGdg1qDmyzK0Cxanl33wcLURdjQK1gFALKsuawBpqYov2GtRULT/0Kwc7UHPVqbn0da2QyzUFF7d9CX3QN8wGjhkPTDsdvOA2PL/h8DXfIzcDx26FHrsdcfxu1OTd2JN3E6dvm8/cSjt7M/PctdwL8wUXLxS/NF166VjlK8M1V3p3X21vvN7QemNnx82SfW/m993KGnwr7dAd8+jbSeP3Ek68k3Dq3YSZXyWdf88899u0S7/LuvKH/Ot/LLn55+pbf2m489f2e3/re/fvw+/9Y+L9f57+4F9kEAYluFRJUHOEGlctbgtQIpsS1Byh5gi1qgVNsIhawm7PcciKOoN8QhwnN2AiS1IHTbuu/PjR6+ssyLJyas1zEqZ50kKYAqkCNbd2ahlqrkLNVajF8kPQQC1YO7VgR9blx7oKZK38sPxQtOvR1J5TcxVqzZWpDxl1g/8CzibLlHPagMgAAAAASUVORK5CYII=";

    /// <summary>Grey as floats, scaled to 4x3 by BILINEAR.</summary>
    public static readonly float[] Shrunk =
    [
        23.5238f,
        71.7657f,
        128.806f,
        177.048f,
        50.2381f,
        98.48f,
        155.52f,
        203.762f,
        76.9524f,
        125.194f,
        182.234f,
        230.476f,
    ];

    /// <summary>Grey as floats, scaled to 9x8 by BILINEAR.</summary>
    public static readonly float[] Grown =
    [
        0f,
        20.6667f,
        44.7778f,
        68.8889f,
        93f,
        117.111f,
        141.222f,
        165.333f,
        186f,
        7.4375f,
        28.1042f,
        52.2153f,
        76.3264f,
        100.438f,
        124.549f,
        148.66f,
        172.771f,
        193.438f,
        18.0625f,
        38.7292f,
        62.8403f,
        86.9514f,
        111.062f,
        135.174f,
        159.285f,
        183.396f,
        204.062f,
        28.6875f,
        49.3542f,
        73.4653f,
        97.5764f,
        121.688f,
        145.799f,
        169.91f,
        194.021f,
        214.688f,
        39.3125f,
        59.9792f,
        84.0903f,
        108.201f,
        132.312f,
        156.424f,
        180.535f,
        204.646f,
        225.312f,
        49.9375f,
        70.6042f,
        94.7153f,
        118.826f,
        142.938f,
        167.049f,
        191.16f,
        215.271f,
        235.938f,
        60.5625f,
        81.2292f,
        105.34f,
        129.451f,
        153.562f,
        177.674f,
        201.785f,
        225.896f,
        246.562f,
        68f,
        88.6667f,
        112.778f,
        136.889f,
        161f,
        185.111f,
        209.222f,
        233.333f,
        254f,
    ];
}

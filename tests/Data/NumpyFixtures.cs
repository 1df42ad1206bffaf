namespace NeuroTrails.Tests.Data;

/// <summary>Files that numpy 1.24 wrote, in base64.</summary>
internal static class NumpyFixtures
{
    /// <summary>pickle.dumps, gzip, of {'labels': [6, 9], 'data': (arange(2*3072,
    /// uint8)*3).reshape(2, 3072), …}: protocols 2 to 5.</summary>
    public static readonly string[] Batches =
    [
        "H4sIAAAAAAACA+3aZ1fTABQG4LRAsWWIA1BwlKHUVa2Ke2+tosZVB2KaRlpt0942VetEgRZUEMWFe4CKggjuBefc+8M0Af+BX28+5OS8781N8nxOnfkCCA65Rg77FDlmU1TjwgYmT5YgCF5Jk/01QcmrBMHssehJUNICqgvSkpAuQobf5MnXQy0qBdSAWmsfnre77OHj9kqw+PWpTBFG6VMjt+prYmA1YpsIWdWQ7XBb3FZF79P13idpEuQYba4Io2U1HooknHI4qjhD8aAWkKJRKWGriSpyWI1p0bis2SBvZMqm+kZaGOMWGmGsvtBkvD2MM7aNFyE/BQUiFDrcJrd5h5CdhAn/bvRpiYj+tRM9Zn0+7oKi5qYUFIswyeFOG95xHiZXVVVt+6Mfwye3oMEUb7P+BKFcr9Ms1uzRY/MnFE8pKa+YOWfegkVLV6xet3GLu2r33gOHqo/JxwPBcDR+5txFvIwNmMKr2IJt2I53sQMf4VN8gV34Bt/he+zHT/gVf+BvqqN6SlIzXacbdIvu0H16SE/oOXXSa3pLvfSBPtIX+k6/aMicMSord8z4wqLJ9rLpM2bPnV+5ZPmqtRs2b9uxa8/+g0dqvIr/pAra6bMXsA7rMYnNeB1v4C28g/fxIT7B59iJr/Et9uIH/Ihf8Dv+wiG6Qo3URNeolW7SbbpHD+gxPaOX9Iq6qYf6aIA+0zf6SYOm9ExbTt64gomTppZOc8xyuhYuXrZyzfpNW7fvFPd5Dh+VfLUnQpHYqcT5S3gFG7EJr2Er3sTbeA8f4GN8hi/xFXZjD/bhAH7Gb/gTB+kyNVCKrlILtVE73aUOekRP6QV10Rt6R++pnz7RV/pBv9mf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/dmf/f/HH6YaPxjZRSjRoNTrN3msgiDo5IoqhZQYlBltuQjTqmG6Q28z9FZyRtRaqDAahwgz/qXe4XSmkc4SYbYSd/4FhX5JA5glAAA=",
        "H4sIAAAAAAACA2tgri1k0HDmTkosSc6Iz0lMSs0pZHQWLSlKzMzLzEtXAIsrGCrkpymYFjI5s4FVFBcyxxayaHizeXOmOrOkJJYkFrIm55XmFlTqJecXperlluaUZCYWFSVWcsUXpSbn5xWXFJUml3AVskFUceWlQGQL2b0ZWgs5nBmTCjnbC7mCCrk1vBm9mXwZeNoKeaBqU0oqC1K5CnkjmBgYGEoNC/k6O9oL+YMKBTS8mSMYgWI1hYJ+fn5e/4EATHgzlBQKJXU6MUgAJZnZOHn4hUQlpOUUVdS1dA2MzSxt7J1cPbz9AkPCo2ITktMyc/KLSiuq6xpb2rt6J0yeNnPO/EVLV6xet3HL9l17Dxw+dvLM+UtXb9y+9/DJ81dvP3z+9vPPfyZWDm4+QRFxKVkFZTVNHX0jUwtrO0cXdy/fgOCwyJj4pNSM7LzCkvKq2obmts6e/klTZ8yet3DJ8lVrN2zetnPP/kNHT5w+d/HK9Vt3Hzx+9vLN+09ff/z+x8jCzsUrICwmKSOvpKqhrWdoYm5l6+Ds5unjHxQaER2XmJKelVtQXFZZU9/U2tHdN3HK9FlzFyxetnLN+k1bd+zed/DI8VNnL1y+dvPO/UdPX7x+9/HL919/R/0/6v9R/4/6f9T/o/4f9f+o/0f9P+r/Uf+P+n/U/6P+H/X/qP9H/T/q/1H/j/p/1P+j/h+O/i8ULikUSXLmBPoyNS8xN7W4UDS2UEzDmTVRryAvvVDcmTUJzJBILdUDAPElxNULGQAA",
        "H4sIAAAAAAACA2tgmfpBggEMaqdoOHMnJZYkZ8TnJCal5kxxFi0pSszMy8xLVwALKxgq5KcpmE5xZgPLF0+JnaLhzebNmerMkpJYkjilRzSvNLegUi85vyhVL7c0pyQzsagosXJKD098UWpyfl5xSVFpcsmUyVN6WMEKp/Sw56VAlEye4s3QOsWZMWlK+5QgoKmM3ky+DDxtUzI4e1hTSioLUkG6mEoNp3R2QBQw9zDWTPHz8/P6DwRgwpuhZEpSpxMDyDfMbJw8/EKiEtJyiirqWroGxmaWNvZOrh7efoEh4VGxCclpmTn5RaUV1XWNLe1dvRMmT5s5Z/6ipStWr9u4ZfuuvQcOHzt55vylqzdu33v45Pmrtx8+f/v55z8TKwc3n6CIuJSsgrKapo6+kamFtZ2ji7uXb0BwWGRMfFJqRnZeYUl5VW1Dc1tnT/+kqTNmz1u4ZPmqtRs2b9u5Z/+hoydOn7t45fqtuw8eP3v55v2nrz9+/2NkYefiFRAWk5SRV1LV0NYzNDG3snVwdvP08Q8KjYiOS0xJz8otKC6rrKlvau3o7ps4ZfqsuQsWL1u5Zv2mrTt27zt45PipsxcuX7t55/6jpy9ev/v45fuvv6P+H/X/qP9H/T/q/1H/j/p/1P+j/h/1/6j/R/0/6v9R/4/6f9T/o/4f9f+o/0f9P+r/Uf8PR/9PKZmS5MwJ9GNqXmJuKniewpk1Ua8gL32KM2sSmE4t1QMATuck3PsYAAA=",
        "H4sIAAAAAAACA2tgnXpDggEMaqdoOHMnJZYkZ8TnJCal5kxxFi0pSszMy8xLVwALKxgq5KcpmE5xZgPLF0+JnaLhzebNmerMkpJYkjilRyivNLegUi85vyhVD8hMLcpMntLDHZ9WlJ+bVJqWllo0ZfIUjWkMUPsYmNk4efiFRCWk5RRV1LV0DYzNLG3snVw9vP0CQ8KjYhOS0zJz8otKK6rrGlvau3onTJ42c878RUtXrF63ccv2XXsPHD528sz5S1dv3L738MnzV28/fP72889/JlYObj5BEXEpWQVlNU0dfSNTC2s7Rxd3L9+A4LDImPik1IzsvMKS8qrahua2zp7+SVNnzJ63cMnyVWs3bN62c8/+Q0dPnD538cr1W3cfPH728s37T19//P7HyMLOxSsgLCYpI6+kqqGtZ2hibmXr4Ozm6eMfFBoRHZeYkp6VW1BcVllT39Ta0d03ccr0WXMXLF62cs36TVt37N538MjxU2cvXL528879R09fvH738cv3X39H/T/q/1H/j/p/1P+j/h/1/6j/R/0/6v9R/4/6f9T/o/4f9f+o/0f9P+r/Uf+P+n/U/6P+H47+n9LDCp4vANIpJZUFqVMmT+lhKjWc0tnRPiVoioY3cw9jzRQ/Pz+v/0AAJrwZSqYkeTP5MvC0TelhdJ5SAlTnzAkMpdS8xNxU8HyEM2uiXkFe+hRn1iQwnVqqBwCucho84xgAAA==",
    ];

    /// <summary>[[1.5, -2], [3, 4], [5, 6]] as big-endian float64 in Fortran order.</summary>
    public const string BigEndianFortran =
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMywgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/+AAAAAAAAEAIAAAAAAAAQBQAAAAAAADAAAAAAAAAAEAQAAAAAAAAQBgAAAAAAAA=";

    /// <summary>arange(24) as int16 [2, 3, 4] in Fortran order.</summary>
    public const string FortranCube =
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGkyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgNCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAwABAAQAAgAFAABAA0ABQARAAkAFQACAA4ABgASAAoAFgADAA8ABwATAAsAFwA=";

    /// <summary>7 as a single uint8.</summary>
    public const string Scalar =
        "k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoH";

    /// <summary>[True, False].</summary>
    public const string Booleans =
        "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAA==";

    /// <summary>arange(3) as float16, format version 3.0.</summary>
    public const string HalfVersion3 =
        "k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjInLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMywpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAA8AEA=";

    /// <summary>arange(3) as float32.</summary>
    public const string SinglePlain =
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAACAPwAAAEA=";

    /// <summary>savez_compressed(x=arange(3, float32), y=[1, 2] int64).</summary>
    public const string Compressed =
        "UEsDBBQAAAAIAAAAIQC2jIZTSwAAAIwAAAAFABQAeC5ucHkBABAAjAAAAAAAAABLAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6mjoKtQoUAC4GMGiwBxIOAFBLAwQUAAAACAAAACEADPwc6UoAAACQAAAABQAUAHkubnB5AQAQAJAAAAAAAAAASgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuRgYIYILSAFBLAQIUAxQAAAAIAAAAIQC2jIZTSwAAAIwAAAAFAAAAAAAAAAAAAACAAQAAAAB4Lm5weVBLAQIUAxQAAAAIAAAAIQAM/BzpSgAAAJAAAAAFAAAAAAAAAAAAAACAAYIAAAB5Lm5weVBLBQYAAAAAAgACAGYAAAADAQAAAAA=";
}

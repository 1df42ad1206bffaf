using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A device: its type and, where there are several, its number (-1: the current one).</summary>
    public class Device
    {
        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = Parse(parts[0]);
            if (parts.Length == 2)
            {
                index = int.Parse(parts[1], CultureInfo.InvariantCulture);
            }
        }

        public Device(string deviceType, int index = -1)
        {
            type = Parse(deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        public DeviceType type { get; private set; } = DeviceType.CPU;

        public int index { get; private set; } = -1;

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => type == DeviceType.CPU ? "cpu"
            : index == -1 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        private static DeviceType Parse(string text) => Enum.Parse<DeviceType>(text.ToUpperInvariant());
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA { get; } = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(DeviceType.CUDA, index);
}

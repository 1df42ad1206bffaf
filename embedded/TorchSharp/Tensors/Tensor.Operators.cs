namespace TorchSharp;

public static partial class torch
{
    // C#'s operators and conversions.
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);
        public static Tensor operator +(Tensor left, int right) => left.add(right);
        public static Tensor operator +(int left, Tensor right) => right.add(left);
        public static Tensor operator +(Tensor left, long right) => left.add(right);
        public static Tensor operator +(long left, Tensor right) => right.add(left);
        public static Tensor operator +(Tensor left, float right) => left.add(right);
        public static Tensor operator +(float left, Tensor right) => right.add(left);
        public static Tensor operator +(Tensor left, double right) => left.add(right);
        public static Tensor operator +(double left, Tensor right) => right.add(left);
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);
        public static Tensor operator *(Tensor left, int right) => left.mul(right);
        public static Tensor operator *(int left, Tensor right) => right.mul(left);
        public static Tensor operator *(Tensor left, long right) => left.mul(right);
        public static Tensor operator *(long left, Tensor right) => right.mul(left);
        public static Tensor operator *(Tensor left, float right) => left.mul(right);
        public static Tensor operator *(float left, Tensor right) => right.mul(left);
        public static Tensor operator *(Tensor left, double right) => left.mul(right);
        public static Tensor operator *(double left, Tensor right) => right.mul(left);
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);
        public static Tensor operator -(Scalar left, Tensor right) => right.negative().add(left);
        public static Tensor operator -(Tensor left, int right) => left.sub(right);
        public static Tensor operator -(int left, Tensor right) => right.negative().add(left);
        public static Tensor operator -(Tensor left, long right) => left.sub(right);
        public static Tensor operator -(long left, Tensor right) => right.negative().add(left);
        public static Tensor operator -(Tensor left, float right) => left.sub(right);
        public static Tensor operator -(float left, Tensor right) => right.negative().add(left);
        public static Tensor operator -(Tensor left, double right) => left.sub(right);
        public static Tensor operator -(double left, Tensor right) => right.negative().add(left);
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);
        public static Tensor operator /(Scalar left, Tensor right) => right.reciprocal().mul(left);
        public static Tensor operator /(Tensor left, int right) => left.div(right);
        public static Tensor operator /(int left, Tensor right) => right.reciprocal().mul(left);
        public static Tensor operator /(Tensor left, long right) => left.div(right);
        public static Tensor operator /(long left, Tensor right) => right.reciprocal().mul(left);
        public static Tensor operator /(Tensor left, float right) => left.div(right);
        public static Tensor operator /(float left, Tensor right) => right.reciprocal().mul(left);
        public static Tensor operator /(Tensor left, double right) => left.div(right);
        public static Tensor operator /(double left, Tensor right) => right.reciprocal().mul(left);
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);
        public static Tensor operator %(Tensor left, int right) => left.remainder(right);
        public static Tensor operator %(Tensor left, long right) => left.remainder(right);
        public static Tensor operator %(Tensor left, float right) => left.remainder(right);
        public static Tensor operator %(Tensor left, double right) => left.remainder(right);
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);
        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        public static implicit operator Tensor(byte value) => torch.tensor(value);
        public static implicit operator Tensor(sbyte value) => torch.tensor(value);
        public static implicit operator Tensor(short value) => torch.tensor(value);
        public static implicit operator Tensor(int value) => torch.tensor(value);
        public static implicit operator Tensor(long value) => torch.tensor(value);
        public static implicit operator Tensor(float value) => torch.tensor(value);
        public static implicit operator Tensor(double value) => torch.tensor(value);
        public static implicit operator Tensor(bool value) => torch.tensor(value);
        public static implicit operator Tensor(byte[] value) => torch.tensor(value);
        public static implicit operator Tensor(sbyte[] value) => torch.tensor(value);
        public static implicit operator Tensor(short[] value) => torch.tensor(value);
        public static implicit operator Tensor(int[] value) => torch.tensor(value);
        public static implicit operator Tensor(long[] value) => torch.tensor(value);
        public static implicit operator Tensor(float[] value) => torch.tensor(value);
        public static implicit operator Tensor(double[] value) => torch.tensor(value);
        public static implicit operator Tensor(bool[] value) => torch.tensor(value);
        public static implicit operator Tensor(Scalar scalar) => torch.full([], scalar, dtype: scalar.Type);
        public static explicit operator float(Tensor value) => value.ToSingle();
        public static explicit operator double(Tensor value) => value.ToDouble();
        public static explicit operator sbyte(Tensor value) => value.ToSByte();
        public static explicit operator byte(Tensor value) => value.ToByte();
        public static explicit operator short(Tensor value) => value.ToInt16();
        public static explicit operator int(Tensor value) => value.ToInt32();
        public static explicit operator long(Tensor value) => value.ToInt64();
        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}

using System.Buffers.Binary;
using System.Text;

namespace NeuroTrails.Data;

/// <summary>
/// Reads the few pickle opcodes that dictionaries, lists, strings, numbers and numpy arrays need (protocols 2 to 5). Any other opcode and
/// any global outside <see cref="PickleNumpy"/> is an error: a pickle is a program, and this reader runs none.
/// Source: the comments of CPython's <c>pickletools.py</c>.
/// </summary>
internal sealed class PickleReader
{
    private static readonly object Mark = new();
    private readonly ReadOnlyMemory<byte> file;
    private readonly string source;
    private readonly List<object?> stack = [];
    private readonly Dictionary<uint, object?> memo = [];
    private int position;
    private long encoded;

    private PickleReader(ReadOnlyMemory<byte> file, string source)
    {
        this.file = file;
        this.source = source;
    }

    // Reads one pickle: null, bool, long, double, string, List<object?>, Dictionary<string, object?> or one of the Pickle… types.
    public static object? Read(byte[] file, string source) => new PickleReader(file, source).Run();

    private object? Run()
    {
        while (true)
        {
            var opcode = Take(1)[0];
            if (opcode == '.')
            {
                return Pop();
            }

            Execute(opcode);
        }
    }

    private void Execute(byte opcode)
    {
        switch (opcode)
        {
            case 0x80:
                Require(Take(1)[0] is >= 2 and <= 5, "a protocol other than 2 to 5");
                break;
            case 0x95:
                Take(8);
                break;
            case (byte)'(':
                stack.Add(Mark);
                break;
            case (byte)'N':
                stack.Add(null);
                break;
            case 0x88 or 0x89:
                stack.Add(opcode == 0x88);
                break;
            case (byte)'K':
                stack.Add((long)Take(1)[0]);
                break;
            case (byte)'M':
                stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                break;
            case (byte)'J':
                stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                break;
            case 0x8a:
                stack.Add(Long(Take(Take(1)[0])));
                break;
            case (byte)'G':
                stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
                break;
            case (byte)'U' or (byte)'C' or (byte)'T' or (byte)'B' or 0x8e or 0x96:
                stack.Add(
                    new PickleBytes(
                        Slice(
                            Length(
                                opcode is (byte)'U' or (byte)'C' ? 1
                                : opcode is 0x8e or 0x96 ? 8
                                : 4
                            )
                        )
                    )
                );
                break;
            case (byte)'X' or 0x8c or 0x8d:
                stack.Add(
                    Encoding.UTF8.GetString(
                        Slice(
                            Length(
                                opcode == 0x8c ? 1
                                : opcode == 0x8d ? 8
                                : 4
                            )
                        ).Span
                    )
                );
                break;
            case (byte)'q':
                memo[Take(1)[0]] = Peek();
                break;
            case (byte)'r':
                memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek();
                break;
            case 0x94:
                memo[(uint)memo.Count] = Peek();
                break;
            case (byte)'h':
                stack.Add(Recall(Take(1)[0]));
                break;
            case (byte)'j':
                stack.Add(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                break;
            default:
                Assemble(opcode);
                break;
        }
    }

    // Opcodes that work on what the others left on the stack.
    private void Assemble(byte opcode)
    {
        switch (opcode)
        {
            case (byte)']':
                stack.Add(new List<object?>());
                break;
            case (byte)'}':
                stack.Add(new Dictionary<string, object?>(StringComparer.Ordinal));
                break;
            case (byte)')':
                stack.Add(new PickleTuple([]));
                break;
            case 0x85 or 0x86 or 0x87:
                stack.Add(new PickleTuple(PopMany(stack.Count - (opcode - 0x84))));
                break;
            case (byte)'t':
                stack.Add(new PickleTuple(PopToMark()));
                break;
            case (byte)'a':
                Append([Pop()]);
                break;
            case (byte)'e':
                Append(PopToMark());
                break;
            case (byte)'s':
                SetItems(PopMany(stack.Count - 2));
                break;
            case (byte)'u':
                SetItems(PopToMark());
                break;
            case (byte)'c':
                Global(new PickleGlobal(Line(), Line()));
                break;
            case 0x93:
                var names = PopMany(stack.Count - 2);
                Require(names is [string, string], "a global without a name");
                Global(new PickleGlobal((string)names[0]!, (string)names[1]!));
                break;
            case (byte)'R':
                var call = PopMany(stack.Count - 2);
                var made = call is [PickleGlobal global, PickleTuple arguments] ? PickleNumpy.Reduce(global, arguments) : null;
                Require(made is not null, "a call that numpy arrays do not need");

                // Encoding copies: without a limit, one long string recalled often would exhaust memory.
                encoded += made is PickleBytes bytes ? bytes.Bytes.Length : 0;
                Require(encoded <= file.Length, "more encoded bytes than the file has");
                stack.Add(made);
                break;
            case (byte)'b':
                var state = Pop();
                Require(PickleNumpy.Build(Peek(), state), "a state that numpy arrays do not have");
                break;
            default:
                throw Fault($"the opcode 0x{opcode:x2}, which data does not need");
        }
    }

    private void Global(PickleGlobal global)
    {
        Require(PickleNumpy.Allowed(global), $"the name '{Shown(global.Module)}.{Shown(global.Name)}', which is not allowed");
        stack.Add(global);
    }

    private void Append(object?[] items)
    {
        Require(Peek() is List<object?>, "an append to something that is no list");
        ((List<object?>)Peek()!).AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        Require(Peek() is Dictionary<string, object?> && items.Length % 2 == 0, "an item set on something that is no dictionary");
        var dictionary = (Dictionary<string, object?>)Peek()!;
        for (var i = 0; i < items.Length; i += 2)
        {
            var key = PickleNumpy.Text(items[i]);
            Require(key is not null, "a key that is no string");
            dictionary[key!] = items[i + 1];
        }
    }

    private object? Recall(uint number)
    {
        Require(memo.TryGetValue(number, out var value), $"memo {number}, which was never stored");
        return value;
    }

    private object? Peek()
    {
        Require(stack.Count > 0 && !ReferenceEquals(stack[^1], Mark), "too few values on the stack");
        return stack[^1];
    }

    private object? Pop()
    {
        var value = Peek();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private object?[] PopToMark()
    {
        var mark = stack.LastIndexOf(Mark);
        Require(mark >= 0, "no mark on the stack");
        var items = PopMany(mark + 1);
        stack.RemoveAt(mark);
        return items;
    }

    private object?[] PopMany(int first)
    {
        Require(first >= 0, "too few values on the stack");
        object?[] items = [.. stack[first..]];
        Require(!items.Contains(Mark), "a mark where a value belongs");
        stack.RemoveRange(first, stack.Count - first);
        return items;
    }

    private long Length(int bytes)
    {
        var stored = Take(bytes);
        return bytes switch
        {
            1 => stored[0],
            4 => BinaryPrimitives.ReadUInt32LittleEndian(stored),
            _ => BinaryPrimitives.ReadInt64LittleEndian(stored),
        };
    }

    private long Long(ReadOnlySpan<byte> stored)
    {
        Require(stored.Length <= 8, "an integer of more than 64 bits");
        var value = stored.Length > 0 && (stored[^1] & 0x80) != 0 ? -1L : 0L;
        for (var i = stored.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | stored[i];
        }

        return value;
    }

    private string Line()
    {
        var end = file.Span[position..].IndexOf((byte)'\n');
        Require(end >= 0, "a name without an end");
        var line = Encoding.UTF8.GetString(Take(end));
        Take(1);
        return line;
    }

    private ReadOnlySpan<byte> Take(int count) => Slice(count).Span;

    private ReadOnlyMemory<byte> Slice(long count)
    {
        Require(count >= 0 && count <= file.Length - position, "an end within a value (it looks truncated)");
        var slice = file.Slice(position, (int)count);
        position += (int)count;
        return slice;
    }

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";

    private void Require(bool condition, string seen)
    {
        if (!condition)
        {
            throw Fault(seen);
        }
    }

    private UserErrorException Fault(string seen) =>
        DataError.Damaged(source, $"{seen} at byte {position}", "a pickle of plain data and numpy arrays");
}

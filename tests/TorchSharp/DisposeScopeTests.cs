using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Torch;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor inner;
        using (NewDisposeScope())
        {
            inner = zeros(3) + 1;
            Assert.False(inner.IsInvalid);
        }
        Assert.True(inner.IsInvalid);
    }

    [Fact]
    public void Moving_outwards_and_detaching_keep_a_tensor()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor moved, detached, dropped;
        using (DisposeScope inner = NewDisposeScope())
        {
            moved = zeros(2).MoveToOuterDisposeScope();
            detached = zeros(2).DetachFromDisposeScope();
            dropped = zeros(2);
            Assert.Equal(1, inner.DisposablesCount);
            Assert.True(inner.Contains(dropped));
        }
        Assert.False(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        Assert.True(dropped.IsInvalid);
        Assert.True(outer.Contains(moved));
        Assert.False(outer.Contains(detached));
        outer.Dispose();
        Assert.True(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void Statistics_count_what_lives_on_this_thread()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        using (NewDisposeScope())
        {
            using Tensor a = ones(4);
            Tensor b = a * 2;
            Assert.Equal(2, statistics.ThreadTotalLiveCount);
            b.Dispose();
            Assert.Equal(1, statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
        Assert.Equal(2, statistics.CreatedInScopeCount);
        Assert.Equal(2, statistics.DisposedInScopeCount);
        Tensor outside = ones(1);
        Assert.Equal(1, statistics.CreatedOutsideScopeCount);
        outside.Dispose();
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Scopes_belong_to_their_thread()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? other = null;
        Thread thread = new(() => other = zeros(1));
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.NotNull(other);
        other.Dispose();
    }

    [Fact]
    public void Dispose_everything_but_keeps_the_named_ones()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor keep = zeros(1), drop = zeros(1);
        scope.DisposeEverythingBut(keep);
        Assert.False(keep.IsInvalid);
        Assert.True(drop.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Attaching_adopts_a_tensor_made_elsewhere()
    {
        Tensor free = zeros(1);
        using (DisposeScope scope = NewDisposeScope())
        {
            scope.Attach(free);
            Assert.True(scope.Contains(free));
        }
        Assert.True(free.IsInvalid);
    }

    [Fact]
    public void A_disposed_tensor_refuses_to_work()
    {
        Tensor x = zeros(2);
        x.Dispose();
        x.Dispose();
        Assert.ThrowsAny<InvalidOperationException>(() => x + 1);
        Assert.ThrowsAny<InvalidOperationException>(() => ones(2) + x);
    }

    [Fact]
    public void Many_tensors_in_any_order_leave_nothing_behind()
    {
        Random random = new(7);
        var statistics = DisposeScopeManager.Statistics;
        long before = statistics.ThreadTotalLiveCount;
        for (int round = 0; round < 200; round++)
        {
            using DisposeScope scope = NewDisposeScope();
            List<Tensor> live = [];
            for (int i = 0; i < 30; i++)
            {
                live.Add(zeros(1));
                if (random.Next(3) == 0)
                {
                    int at = random.Next(live.Count);
                    live[at].Dispose();
                    live.RemoveAt(at);
                }
            }
            Assert.Equal(live.Count, scope.DisposablesCount);
            Assert.All(live, t => Assert.True(scope.Contains(t)));
        }
        Assert.Equal(before, statistics.ThreadTotalLiveCount);
    }
}

using NeuroTrails.Grains;

namespace NeuroTrails.Tests.Cluster;

public sealed class RestartBudgetTests
{
    private static readonly double[] Pauses = [1, 2, 4, 8, 16];

    [Fact]
    public void Five_faults_without_progress_use_it_up_with_growing_pauses()
    {
        var budget = new RestartBudget();
        Assert.Equal(Pauses, Enumerable.Range(0, 5).Select(_ => budget.IsSpent ? -1 : budget.Spend(0, serving: true).TotalSeconds));
        Assert.True(budget.IsSpent);
    }

    [Fact]
    public void Progress_gives_it_back_as_often_as_there_is_any()
    {
        var (budget, random) = (new RestartBudget(), new Random(3));
        for (long step = 0, round = 0; round < 1000; round++)
        {
            step += random.Next(1, 9);
            budget.Spend(step, serving: true);
            for (var fault = random.Next(5); fault > 0; fault--)
            {
                budget.Spend(step - random.Next(3), serving: random.Next(2) == 0);
                Assert.False(budget.IsSpent && fault > 1);
            }
        }
    }

    [Fact]
    public void However_long_a_silo_is_looked_for_in_vain_its_absence_costs_one_restart()
    {
        var random = new Random(4);
        for (var trial = 0; trial < 1000; trial++)
        {
            var budget = new RestartBudget();
            var served = random.Next(2) == 0;
            for (var absence = 1; absence <= 5; absence++)
            {
                Assert.False(budget.IsSpent);
                budget.Spend(0, served);
                for (var attempt = random.Next(5 - absence); attempt > 0; attempt--)
                {
                    budget.Spend(0, serving: false);
                }

                if (absence < 5)
                {
                    budget.Forgive();
                }
            }

            // The first of all, where nobody had served yet, was forgiven whole.
            Assert.Equal(served, budget.IsSpent);
        }
    }

    [Fact]
    public void Faults_of_the_network_are_counted_by_themselves_and_not_for_ever()
    {
        var budget = new RestartBudget();
        budget.Spend(3, serving: true);
        for (var fault = 0; fault < 20; fault++)
        {
            Assert.False(budget.IsSpent);
            Assert.InRange(budget.Spend(3, serving: true, ofNetwork: true).TotalSeconds, 0.5, 16);
        }

        Assert.True(budget.IsSpent);
        budget.Spend(4, serving: true, ofNetwork: true);
        Assert.False(budget.IsSpent);
        for (var fault = 0; fault < 5; fault++)
        {
            Assert.False(budget.IsSpent);
            budget.Spend(4, serving: true);
            budget.Spend(4, serving: true, ofNetwork: true);
        }

        Assert.True(budget.IsSpent);
    }
}

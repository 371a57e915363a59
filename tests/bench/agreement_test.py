"""The judge of the simulators: chance passes, a real difference does not."""
import math
import random
import unittest

from agreement import Z_LIMIT, Estimate, pooled, spread, z_against_exact, z_between
from models import M_M_16


def sample(mean, customers, seed):
    """An estimate as a right simulator would give it: exponential, one batch per thousand."""
    source = random.Random(seed)
    batches = [
        sum(source.expovariate(1 / mean) for _ in range(1000)) / 1000
        for _ in range(customers // 1000)
    ]
    return spread(batches, customers)


class AgreementTest(unittest.TestCase):
    def test_theory(self):
        self.assertAlmostEqual(M_M_16.exact["wait"], 0.36959, places=5)

    def test_chance_passes(self):
        for seed in range(20):
            one, other = sample(1, 20_000, seed), sample(1, 100_000, 100 + seed)
            self.assertLess(abs(z_between(one, other)), Z_LIMIT)
            self.assertLess(abs(z_against_exact(other, 1)), Z_LIMIT)

    def test_difference_is_caught(self):
        one, other = sample(1, 100_000, 1), sample(1.05, 100_000, 2)
        self.assertGreater(abs(z_between(one, other)), Z_LIMIT)
        self.assertGreater(abs(z_against_exact(other, 1)), Z_LIMIT)

    def test_more_runs_less_error(self):
        runs = pooled([Estimate(1, 0.2, 100), Estimate(3, 0.2, 100)])
        self.assertEqual((runs.mean, runs.customers), (2, 200))
        self.assertAlmostEqual(runs.standard_error, 0.2 / math.sqrt(2))

    def test_rare_bursts_are_not_judged(self):
        seldom, often = Estimate(0, 0, 1000), Estimate(1e-4, 2e-5, 1_000_000)
        self.assertIsNone(z_between(seldom, often))

    def test_nothing_equals_nothing_only(self):
        nothing = Estimate(0, 0, 1000)
        self.assertEqual(z_between(nothing, nothing), 0)
        self.assertEqual(z_against_exact(nothing, 1), -math.inf)


if __name__ == "__main__":
    unittest.main()

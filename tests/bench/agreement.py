"""Whether simulators of one model agree: means held against each other in standard errors."""
import math
from dataclasses import dataclass

# Two-sided standard normal limit for one false alarm in ten thousand comparisons.
Z_LIMIT = 3.8906
# A mean closer to zero than this many of its standard errors rests on a few rare bursts; it is not
# normally distributed and a z-score of it says nothing.
RARE = 5


@dataclass
class Estimate:
    mean: float
    standard_error: float
    customers: int


def pooled(estimates):
    """One estimate from independent runs of equal length."""
    runs = len(estimates)
    return Estimate(
        sum(each.mean for each in estimates) / runs,
        math.hypot(*(each.standard_error for each in estimates)) / runs,
        sum(each.customers for each in estimates),
    )


def spread(means, customers):
    """An estimate from the means of independent runs, `customers` in all."""
    mean = sum(means) / len(means)
    squares = sum((each - mean) ** 2 for each in means)
    return Estimate(mean, math.sqrt(squares / (len(means) - 1) / len(means)), customers)


def z_against_exact(estimate, exact):
    return distance(estimate.mean - exact, estimate.standard_error)


def z_between(one, other):
    """Distance of two tools, or None where the smaller sample is too small to tell.

    Both simulate the same process, so they share one variance per customer; the larger sample knows
    it better.
    """
    customers = one.customers + other.customers
    variance = (
        (one.standard_error * one.customers) ** 2 + (other.standard_error * other.customers) ** 2
    ) / customers
    mean = (one.mean * one.customers + other.mean * other.customers) / customers
    if 0 < mean < RARE * math.sqrt(variance / min(one.customers, other.customers)):
        return None
    error = math.sqrt(variance / one.customers + variance / other.customers)
    return distance(one.mean - other.mean, error)


def distance(off, error):
    if error > 0:
        return off / error
    return 0.0 if off == 0 else math.copysign(math.inf, off)

"""The models that the simulators are measured on."""
from dataclasses import dataclass


@dataclass
class Model:
    title: str
    peer_arguments: list  # of event_loop and simpy_peer.py, before customers and seed
    scenario: str  # of double11, beside this file
    customers_per_s: float  # of simulated time, in the scenario
    customers: dict  # per run, so that each tool takes a second or a few
    exact: dict  # what theory knows


def waiting_probability(servers, load):
    """P(wait) in M/M/c (Erlang C, from Erlang B's recursion)."""
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def mean_wait(servers, load):
    """Mean wait in M/M/c, in mean service times."""
    return waiting_probability(servers, load) / (servers - load)


M_M_16 = Model(
    title="M/M/16, rho 0.9",
    peer_arguments=["mmc", "16", "0.9"],
    scenario="mm16.json",
    customers_per_s=14_400,
    customers={"simpy": 200_000, "event_loop": 10_000_000, "double11": 50_000_000},
    exact={"wait": mean_wait(16, 14.4), "waited": waiting_probability(16, 14.4)},
)

# 80 % of what payment carries: 1024 servers / 72.42 ms / 1.11 attempts = 12,738 orders/s.
SALE_ORDERS_PER_S = 10_190

FIVE_STAGES = Model(
    title="five-stage sale with payment retry, 80 % of capacity",
    peer_arguments=["five_stages", str(SALE_ORDERS_PER_S)],
    scenario="five_stages.json",
    customers_per_s=SALE_ORDERS_PER_S,
    customers={"simpy": 50_000, "event_loop": 2_000_000, "double11": 10_000_000},
    # What leaves an M/M/c line is Poisson again (Burke): the first two stations are solved.
    exact={
        "wait_admission_ms": mean_wait(16, SALE_ORDERS_PER_S / 1000),
        "wait_inventory_ms": 0.5 * mean_wait(8, 0.5 * SALE_ORDERS_PER_S / 1000),
        "lost": 0.1**3,
    },
)

MODELS = [M_M_16, FIVE_STAGES]

# docs/result.md names every field of a result, and none that there is not.
source "$(dirname "$0")/../shell/expect.sh"

make() {
  double11 "$@" --quiet
  expect_code 0
}
make run smoke --json run.json
make simulate drop-with-bots --json simulate.json
make simulate drop-with-bots --baseline simulate.json --json held.json
make simulate smoke --replications 2 --json replications.json
make simulate double11-2012 --scale 0.001 --json faults.json
cat >queue.scenario <<'EOF'
{"name": "queue", "duration": "100s", "traffic": {"curve": [{"at": "0s", "rate": "8/s"}]},
 "network": {"stations": [{"name": "till", "servers": 1, "service": {"distribution": "exponential", "mean": "100ms"}}]}}
EOF
make simulate queue.scenario --replications 2 --json network.json
make capacity smoke --by payment.servers --only "paid.rate.peak >= 3k/s" --json capacity.json
make capacity queue.scenario --by 'network.stations[till].servers' --only "sojourn.mean < 1s" --json queue-capacity.json
make sweep queue.scenario --vary 'network.stations[till].servers=1,2' --json queue-sweep.json
make sweep smoke --vary payment.servers=10,30,100,1k --repeat 2 --json sweep.json
printf 'n,throughput\n1,10\n2,19\n4,34\n8,50\n16,60\n' >points.csv
make sweep --fit points.csv --json scaling.json
for name in coordinated-omission retry-storm littles-law; do make demo $name --json $name.json; done
double11 compare run.json run.json --json compare.json
expect_code 0

cat >fields.py <<'EOF'
import json
import re
import sys


def names_in(value):
    """Every field, however deep."""
    if isinstance(value, dict):
        return set(value).union(*map(names_in, value.values()))
    return set().union(*map(names_in, value)) if isinstance(value, list) else set()


def first_cells(text):
    """The fields that the tables are about."""
    cells = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return set(re.findall(r"`([a-z_0-9]+)`", " ".join(cells)))


page, *files = sys.argv[1:]
text = open(page, encoding="utf-8").read()
results = {}
for file in files:
    with open(file, encoding="utf-8") as content:
        results[file.removeprefix("./").removesuffix(".json")] = json.load(content)
of_sale = text.split("\n## A search")[0]
search, sweep, told = (text.split(f"\n## {title}")[1].split("\n## ")[0]
                       for title in ("A search", "A sweep", "Told stories"))
first = ("run", "simulate", "held", "replications", "faults", "network", "compare")
stories = ("coordinated-omission", "retry-storm", "littles-law")
sections = {**dict.fromkeys(first, of_sale), "capacity": search, "queue-capacity": search,
            "sweep": sweep, "queue-sweep": sweep, "scaling": sweep,
            **dict.fromkeys(stories, told)}
wrong = []
for name, result in results.items():
    named = set(re.findall(r"`([a-z_0-9]+)`", sections[name]))
    wrong += [f"{field} of {name} is not in {page}" for field in result if field not in named]
for section, names in ((of_sale, first), (search, ("capacity",)), (sweep, ("sweep", "scaling")),
                       (told, stories)):
    there = set().union(*(results[name] for name in names))
    # The fields of each story are told, too.
    there |= {field for name in names for story in results[name].get("demos", []) for field in story}
    for field in first_cells(section) - there:
        wrong.append(f"{field} is in {page}, not in a result of {', '.join(names)}")
# Where fields are not named by the scenario all are told, however deep.
named = set(re.findall(r"`([a-z_0-9.]+)`", text)) | set(results["run"]["outcomes"])
for name in ("capacity", "queue-capacity", "scaling", "compare", *stories):
    wrong += [f"{field} of {name} is not in {page}" for field in names_in(results[name]) - named]
print("\n".join(wrong))
EOF
expect_equal "$(python3 fields.py "$source_dir/docs/result.md" ./*.json 2>&1)" ""
finish

"""Whether a search's JSON says what its own trials say: capacity_rows.py FILE EXIT_CODE"""

import json
import re
import sys

UNITS = {"": 1, "k": 1e3, "M": 1e6, "G": 1e9}
CODES = {"FOUND": 0, "ALL PASS": 0, "NONE PASSES": 3, "UNSTEADY": 3, "MACHINE LIMIT": 5, "NOT JUDGED": 5}


def number(text):
    """254k/s as a number; None for what is no rate."""
    found = re.fullmatch(r"([0-9.]+)([kMG]?)/s", text)
    return float(found[1]) * UNITS[found[2]] if found else None


def trials_agree(result):
    """Each trial with its own checks; nothing is asked again once it was judged."""
    judged = set()
    for trial in result["trials"]:
        name = f"trial of {trial['text']}"
        assert trial["judged"] == (trial["status"] != "INVALID"), name
        assert trial["passes"] == (trial["status"] == "PASS"), name
        assert trial["passes"] <= all(check["holds"] for check in trial.get("checks", [])), name
        pair = trial["value"], trial["seed_number"]
        assert pair not in judged, f"{name} was judged before"
        if trial["judged"]:
            judged.add(pair)
        for check in trial.get("checks", []):
            wanted, measured = check["expression"].split(">= ")[-1], check["measured_text"]
            if number(wanted) is not None and number(measured) is not None and ">=" in check["expression"]:
                # Both are rounded to three digits.
                assert number(measured) >= 0.99 * number(wanted) or not check["holds"], name
                assert number(measured) <= 1.01 * number(wanted) or check["holds"], name


def limit_agrees(result):
    """The limit with the ladder."""
    limit, status = result["limit"], result["status"]
    rungs = {}
    for trial in result["trials"]:
        rungs.setdefault(trial["value"], [])
        if trial["judged"]:
            rungs[trial["value"]].append(trial["passes"])
    passing = [value for value, answers in rungs.items() if any(answers)]
    failing = [value for value, answers in rungs.items() if not all(answers)]
    if status == "ALL PASS":
        assert passing and not failing, f"all pass, but {failing}"
    if status == "NONE PASSES":
        assert failing and not passing, f"none passes, but {passing}"
    passes, fails, not_judged = limit["passes"], limit["fails"], limit["not_judged"]
    if status not in ("FOUND", "MACHINE LIMIT", "UNSTEADY") or not result["range"]:
        return
    sign = 1 if limit["is"] == "highest" else -1
    assert all(rungs[passes]) and rungs[passes], f"not all pass at {passes}"
    assert 2 * (len(rungs[passes]) - 1) >= result["confirm"], f"few were judged at {passes}"
    if result["mode"] == "run":
        before = [value for value in failing if sign * value < sign * passes]
        beyond = [value for value in passing if fails is not None and sign * value > sign * fails]
        assert not before, f"{before} fail, which are easier than {passes}"
        assert not beyond, f"{beyond} pass, which are harder than {fails}"
    if fails is not None and status in ("FOUND", "UNSTEADY"):
        low, high = sorted((passes, fails))
        assert high > 2 * low or status == "FOUND", f"{passes} and {fails} are near each other"
    if fails is not None:
        assert not any(rungs[fails]) and rungs[fails], f"some pass at {fails}"
        assert sign * passes < sign * fails
    if status == "MACHINE LIMIT":
        assert fails is None and rungs[not_judged] == [] and sign * passes < sign * not_judged
    harder = [value for value in passing if sign * value > sign * passes]
    easier = [value for value in failing if harder and sign * value <= sign * max(harder, key=lambda one: sign * one)]
    # Of values few of whose runs could be judged nothing is known.
    thin = any(not trial["judged"] and trial["seed_number"] > 0 for trial in result["trials"])
    assert not harder or easier or thin, f"the limit is {passes}, but {harder} pass and nothing contradicts them"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        result = json.load(file)
    assert CODES[result["status"]] == int(sys.argv[2]), f"exit {sys.argv[2]} of {result['status']}"
    trials_agree(result)
    limit_agrees(result)
    print("consistent")


main()

"""One run of `double11 run`, and what it says that it did."""
import json
import os
import subprocess
import sys
import tempfile


def output_of(command):
    """Standard output of a command that succeeds; without success the measurement ends."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"tools/bench: {' '.join(command)} exits {done.returncode}\n{done.stderr}")
    return done.stdout


def run(build, scenario, settings):
    """The JSON result of a run with these settings, each "PATH=VALUE"; it must pass."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "result.json")
        command = [os.path.join(build, "double11"), "run", scenario, "--quiet", "--json", path]
        for setting in settings:
            command += ["--set", setting]
        output_of(command)
        with open(path, encoding="utf-8") as file:
            return json.load(file)


def orders_per_s(result):
    """Offered orders per second of the machine's time."""
    return result["funnel"]["offered"]["rate_machine_per_s"]

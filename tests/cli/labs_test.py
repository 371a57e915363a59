"""Runs every command of docs/labs and holds what the labs say to expect against what comes out.

    labs_test.py PROGRAM SOURCE_FOLDER          the test
    labs_test.py PROGRAM SOURCE_FOLDER --fill   writes the output into ```expect blocks that are empty

Commands are the lines of ```sh blocks that begin with double11; "# exits N" says what to expect, as
in the other documents. The lines of an ```expect block must follow one another in what the commands
of the ```sh block before it print, from any line on; a line "..." stands for any lines, and one that
ends with " ..." for any line that begins so. Empty lines, blanks at line ends and between columns do
not count.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

# What differs from machine to machine.
MACHINE = re.compile(r"^(Machine:|  double11 \d|\[#*)")


def blocks_of(text):
    """(kind, first line, lines) of the fenced blocks."""
    blocks, kind, lines, first = [], None, [], 0
    for number, line in enumerate(text.splitlines()):
        if line.startswith("```"):
            if kind is None:
                kind, lines, first = line[3:].strip(), [], number + 1
            else:
                blocks.append((kind, first, lines))
                kind = None
        elif kind is not None:
            lines.append(line)
    return blocks


def run(command, folder, program):
    wanted = re.search(r"# exits (\d+)", command)
    environment = dict(os.environ, PATH=f"{folder}/bin:{os.environ['PATH']}", NO_COLOR="1")
    done = subprocess.run(
        ["bash", "-c", command.split(" # exits ")[0]], cwd=folder, env=environment,
        capture_output=True, text=True, timeout=300, check=False)
    code = int(wanted.group(1)) if wanted else 0
    problem = ""
    if done.returncode != code:
        problem = f"exit {done.returncode} instead of {code}: {command}\n{done.stdout}{done.stderr}"
    # With the result in a file the report is on stderr.
    output = done.stdout if done.stdout else done.stderr
    return [line.rstrip() for line in output.splitlines() if not MACHINE.match(line)], problem


def words(line):
    return " ".join(line.split())


def is_as(expected, found):
    return found.startswith(expected[:-4]) if expected.endswith(" ...") else found == expected


def missing(expected, output):
    """The first expected line that does not come where it should; none when all do."""
    found = [words(line) for line in output if line.strip()]
    position = 0
    pieces = [[]]
    for line in filter(None, map(words, expected)):
        if line == "...":
            pieces.append([])
        else:
            pieces[-1].append(line)
    for piece in pieces:
        # How many of its lines come one after the other, from every line on.
        fits = [next((i for i, line in enumerate(piece)
                      if start + i >= len(found) or not is_as(line, found[start + i])), len(piece))
                for start in range(position, len(found) + 1)]
        if len(piece) not in fits:
            return piece[max(fits)]
        position += fits.index(len(piece)) + len(piece)
    return None


def check_missing():
    """Lines may only be left out where it is said."""
    output = ["a", "", "b  1", "c", "d 2 3", "e"]
    assert missing(["b 1", "c"], output) is None
    assert missing(["a", "b 1", "...", "d 2 ..."], output) is None
    assert missing(["...", "e", "..."], output) is None
    assert missing(["b 1", "d 2 3"], output) == "d 2 3"
    assert missing(["c", "...", "a"], output) == "a"
    assert missing(["e", "f"], output) == "f"


def check(lab, program, fill):
    text = lab.read_text(encoding="utf-8")
    lines = text.splitlines()
    problems, commands, filled, output = [], 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/bin")
        os.symlink(program, f"{folder}/bin/double11")
        for kind, first, block in blocks_of(text):
            if kind == "sh":
                output = []
                for command in (line for line in block if line.startswith("double11 ")):
                    commands += 1
                    printed, problem = run(command, folder, program)
                    output += printed
                    if problem:
                        problems.append(problem)
            elif kind == "expect" and not block:
                if fill:
                    lines[first + filled:first + filled] = output
                    filled += len(output)
                else:
                    problems.append(f"line {first}: an empty ```expect block")
            elif kind == "expect":
                line = missing(block, output)
                if line is not None:
                    problems.append(f'line {first}: expected "{line}" in:\n' + "\n".join(output))
    if filled:
        lab.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if commands == 0:
        problems.append("no command")
    return [f"{lab.name}: {problem}" for problem in problems]


def main():
    check_missing()
    program, source = (str(pathlib.Path(argument).resolve()) for argument in sys.argv[1:3])
    os.environ["DOUBLE11_SCENARIOS"] = f"{source}/scenarios"
    labs = sorted(pathlib.Path(source, "docs/labs").glob("[1-9]-*.md"))
    problems = [] if len(labs) == 8 else [f"{len(labs)} labs instead of 8"]
    for lab in labs:
        problems += check(lab, program, sys.argv[3:] == ["--fill"])
    print("\n".join(problems) if problems else f"{len(labs)} labs as they say")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

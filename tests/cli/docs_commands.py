"""Prints every command that README.md and docs/ show, in their order, each once, a line each.

    docs_commands.py SOURCE_FOLDER

Commands are the lines of ```sh blocks that begin with double11. In the guide and the labs they are
also code within sentences that begins so, unless a word of it stands for something else (FILE, KEY).
"""

import pathlib
import re
import sys

INLINE = re.compile(r"`(double11 [^`]+)`")
STANDS_FOR = re.compile(r"\b[A-Z]{2,}\b")


def commands_of(text, with_inline):
    """Of one document: those of blocks, and those within sentences."""
    commands, sentences, kind = [], [], None

    def end_of_sentences():
        # A command may go on in the next line.
        for found in INLINE.findall("\n".join(sentences) if with_inline else ""):
            command = " ".join(found.split())
            if not STANDS_FOR.search(command):
                commands.append(command)
        sentences.clear()

    for line in text.splitlines():
        if line.startswith("```"):
            end_of_sentences()
            kind = line[3:] if kind is None else None
        elif kind is None:
            sentences.append(line)
        elif kind == "sh" and line.startswith("double11 "):
            commands.append(line)
    end_of_sentences()
    return commands


def is_of_guide(path):
    return path.name == "guide.md" or path.parent.name == "labs"


def check():
    """That nothing which looks like a command is passed over."""
    text = "Try `double11 run a --set\nb=1`, or `double11 run FILE`.\n```sh\ndouble11 run c # exits 3\n" \
           "echo d\n```\n```\ndouble11 run e\n```\n1. `double11 run f`"
    assert commands_of(text, True) == ["double11 run a --set b=1", "double11 run c # exits 3", "double11 run f"]
    assert commands_of(text, False) == ["double11 run c # exits 3"]


def main():
    check()
    source = pathlib.Path(sys.argv[1])
    commands = {}
    for path in [source / "README.md", *sorted((source / "docs").rglob("*.md"))]:
        for command in commands_of(path.read_text(encoding="utf-8"), is_of_guide(path)):
            # One of a block may say how it ends.
            commands.setdefault(command.split(" # exits ")[0], command)
    print("\n".join(commands.values()))


if __name__ == "__main__":
    main()

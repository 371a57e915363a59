"""A terminal of a few lines: what a program has written, as it would be seen."""

import codecs
import re
import unicodedata

# Control sequences: "\x1b[", private mark, numbers, what to do.
SEQUENCE = re.compile(r"\x1b\[(\??)([0-9;]*)([A-Za-z])")


class Screen:
    """Knows what the view may use; anything else is an error."""

    def __init__(self, columns, rows):
        self.columns = columns
        self.rows = rows
        self.lines = [[" "] * columns for _ in range(rows)]
        self.above = []  # what has scrolled out
        self.row = self.column = 0
        self.cursor_shown = True
        self.wraps = True
        self.in_frame = False
        self.frames = 0
        self.too_long = 0  # characters that found no room in their line during a frame
        self.colors = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._rest = ""

    def text(self):
        """The lines that are seen, without blanks at their ends."""
        return ["".join(line).rstrip() for line in self.lines]

    def everything(self):
        return "\n".join(self.above + self.text())

    def resize(self, columns, rows):
        """As terminals do that do not break lines anew."""
        for line in self.lines:
            line[columns:] = []
            line.extend(" " * (columns - len(line)))
        while len(self.lines) > rows:
            if self.row < rows:
                self.lines.pop()
            else:
                self._scroll()
                self.row -= 1
                self.lines.pop()
        while len(self.lines) < rows:
            self.lines.append([" "] * columns)
        self.columns, self.rows = columns, rows
        self.column = min(self.column, columns - 1)

    def feed(self, data):
        text = self._rest + self._decoder.decode(data)
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                self._put(text[at])
                at += 1
                continue
            found = SEQUENCE.match(text, at)
            if not found:
                if len(text) - at < 16:
                    break  # the rest is still to come
                raise AssertionError(f"unknown sequence {text[at:at + 16]!r}")
            self._control(*found.groups())
            at = found.end()
        self._rest = text[at:]

    def _scroll(self):
        self.above.append("".join(self.lines.pop(0)).rstrip())
        self.lines.append([" "] * self.columns)

    def _line_feed(self):
        if self.row + 1 < self.rows:
            self.row += 1
        else:
            self._scroll()

    def _put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self._line_feed()
        elif ord(character) < 32:
            raise AssertionError(f"control character {character!r}")
        else:
            width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            if self.column + width > self.columns:
                if self.in_frame or not self.wraps:
                    self.too_long += 1
                    return
                self.column = 0
                self._line_feed()
            self.lines[self.row][self.column] = character
            if width == 2:
                self.lines[self.row][self.column + 1] = ""
            self.column += width

    def _control(self, private, numbers, what):
        if private:
            self._mode(numbers, what == "h")
        elif what == "m":
            self.colors += 1
        elif what == "A":
            self.row = max(0, self.row - int(numbers or 1))
        elif what == "B":
            self.row = min(self.rows - 1, self.row + int(numbers or 1))
        elif what in "KJ" and not numbers:
            self.lines[self.row][self.column:] = " " * (self.columns - self.column)
            for row in range(self.row + 1, self.rows if what == "J" else 0):
                self.lines[row] = [" "] * self.columns
        else:
            raise AssertionError(f"unknown sequence {numbers}{what}")

    def _mode(self, number, on):
        if number == "25":
            self.cursor_shown = on
        elif number == "7":
            self.wraps = on
        elif number == "2026":
            self.in_frame = on
            self.frames += 0 if on else 1
        else:
            raise AssertionError(f"unknown mode {number}")

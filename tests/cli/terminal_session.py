"""A program in the foreground of a terminal of its own, as a shell would start it."""

import fcntl
import os
import pty
import resource
import select
import signal
import struct
import termios
import time

from terminal_screen import Screen

PATIENCE_S = 120  # for whatever surely comes, on a busy machine


def be_shell(slave, stdin, stdout, program, environment, commands, news):
    """In a process of its own: starts the program, says when it is stopped, ends when it has."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(slave, os.getpgrp())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for number, file in enumerate([stdin, stdout, slave]):
            os.dup2(slave if file is None else file, number)
        os.execvpe(program[0], program, environment)
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            os.tcsetpgrp(slave, os.getpgrp())
            os.write(news, b"e" + struct.pack("i", status))
            os._exit(0)
        os.tcsetpgrp(slave, os.getpgrp())
        os.write(news, b"s")
        os.read(commands, 1)
        os.tcsetpgrp(slave, child)
        os.killpg(child, signal.SIGCONT)


class Session:
    def __init__(self, program, columns=80, rows=24, stdin=None, stdout=None, environment=()):
        self.screen = Screen(columns, rows)
        self.master, self.slave = pty.openpty()
        self._set_size(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        self.status = None
        self.is_stopped = False
        commands, self._commands = os.pipe()
        self._news, news = os.pipe()
        variables = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8")
        for name in ("NO_COLOR", "LANG", "LC_CTYPE"):
            variables.pop(name, None)
        variables.update(environment)
        self._shell = os.fork()
        if self._shell == 0:
            try:
                be_shell(self.slave, stdin, stdout, program, variables, commands, news)
            finally:
                os._exit(1)
        os.close(commands)
        os.close(news)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:  # a check has failed
            os.kill(self._shell, signal.SIGKILL)
        os.close(self.master)  # hangs up: the program ends
        os.waitpid(self._shell, 0)
        for file in (self.slave, self._commands, self._news):
            os.close(file)

    def _set_size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        """The kernel sends SIGWINCH to the program."""
        self.screen.resize(columns, rows)
        self._set_size(columns, rows)

    def press(self, keys):
        os.write(self.master, keys.encode())

    def go_on(self):
        self.is_stopped = False
        os.write(self._commands, b"c")

    def modes(self):
        return termios.tcgetattr(self.slave)

    def until(self, what, condition):
        """Reads on until the condition holds of a whole frame."""
        end = time.monotonic() + PATIENCE_S
        while self.screen.in_frame or not condition(self.screen):
            assert time.monotonic() < end, f"never {what}:\n{self.screen.everything()}"
            assert self.status is None, f"ended, never {what}:\n{self.screen.everything()}"
            self._read()

    def until_text(self, text):
        self.until(f"saw {text!r}", lambda screen: text in "\n".join(screen.text()))

    def until_without(self, text):
        self.until(f"without {text!r}", lambda screen: text not in "\n".join(screen.text()))

    def until_frames(self, count):
        """So many frames more."""
        wanted = self.screen.frames + count
        self.until(f"{count} frames", lambda screen: screen.frames >= wanted)

    def until_stopped(self):
        self.until("stopped", lambda screen: self.is_stopped)

    def end(self):
        """Reads to the end; returns the exit code, or the negative number of a signal."""
        end = time.monotonic() + PATIENCE_S
        while self.status is None:
            assert time.monotonic() < end, f"never ended:\n{self.screen.everything()}"
            self._read()
        while self._read(0):
            pass
        return os.waitstatus_to_exitcode(self.status)

    def _read(self, timeout_s=0.2):
        ready, _, _ = select.select([self.master, self._news], [], [], timeout_s)
        if self.master in ready:
            self.screen.feed(os.read(self.master, 65536))
        elif self._news in ready:
            news = os.read(self._news, 5)
            if news[:1] == b"s":
                self.is_stopped = True
            elif news[:1] == b"e":
                self.status = struct.unpack("i", news[1:])[0]
        return bool(ready) and self.status is None or self.master in ready

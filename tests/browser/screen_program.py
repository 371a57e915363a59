"""The program with its big screen: started, asked for its address, stopped by Ctrl-C."""

import queue
import re
import signal
import subprocess
import threading
import time


class Program:
    """PROGRAM ARGUMENTS; waits until it has said where its screen is."""

    def __init__(self, program, *arguments, seconds=60):
        self.process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        self.said = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = self._port(time.monotonic() + seconds)
        self.url = f"http://127.0.0.1:{self.port}/"

    def _listen(self):
        for line in self.process.stderr:
            self.said.append(line)
            self.lines.put(line)
        self.lines.put(None)

    def _port(self, until):
        while True:
            try:
                line = self.lines.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                self.kill()
                raise SystemExit(f"FAILED: the program says where its screen is; it said: {''.join(self.said)}")
            if found := re.search(r"screen: http://127\.0\.0\.1:(\d+)/", line):
                return int(found[1])

    def interrupt(self, seconds=60):
        """As Ctrl-C does; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=seconds)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

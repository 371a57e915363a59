"""The live view of `run` and `simulate` under a terminal: terminal_test.py PROGRAM"""

import os
import re
import signal
import sys
import tempfile
import termios

from terminal_session import Session

PROGRAM = os.path.abspath(sys.argv[1])
# A minute that asks little of a machine.
RUN = [PROGRAM, "run", "double11-2009", "--pace", "real"]

LOCAL_FLAGS = 3  # in what tcgetattr returns


def check(condition, what, session):
    assert condition, f"{what}\n{session.screen.everything()}"


def until_under_way(session):
    session.until("under way", lambda screen: re.search(r"Outcomes +dispatched [1-9]",
                                                        "\n".join(screen.text())))


def check_put_right(session):
    check(session.modes() == session.before, "the terminal's modes are not as before", session)
    check(session.screen.cursor_shown, "the cursor is hidden", session)
    check(session.screen.wraps, "lines do not wrap any more", session)
    check(session.screen.too_long == 0, "a line was too long", session)


def check_report(session, code, laws=10):
    everything = session.screen.everything()
    check(code == 130, f"exit {code}", session)
    check(everything.startswith("INTERRUPTED  double11-2009"), "no report, or not alone", session)
    check(f"Audit: 0 of {laws} laws broken" in everything, "no audit", session)
    check("help" not in everything, "the view is still there", session)
    check_put_right(session)


def time_of(screen):
    return re.search(r"([0-9:.]+s?) of [0-9:.]+", "\n".join(screen.text())).group(1)


def the_view_says_what_goes_on():
    with Session(RUN) as session:
        until_under_way(session)
        text = "\n".join(session.screen.text())
        for part in ("double11-2009", "pace real", "offered", "dispatched", "inventory", "Latency",
                     "Outcomes", "Audit     0 broken so far", "p pause", "q end with the report"):
            check(part in text, f"no {part!r}", session)
        check(not session.screen.cursor_shown, "the cursor is shown", session)
        check(session.screen.above == [], "something scrolled", session)
        check(session.screen.colors > 0, "no colours", session)
        check("━" in text, "no bar", session)
        flags = session.modes()[LOCAL_FLAGS]
        check(not flags & (termios.ECHO | termios.ICANON), "keys are echoed", session)
        check(flags & termios.ISIG, "Ctrl-C is a key", session)
        session.press("q")
        check_report(session, session.end())


def keys_steer():
    with Session(RUN) as session:
        session.until_text("p pause")
        session.press("p")
        session.until_text("PAUSED")
        session.until_text("p go on")
        session.until_frames(2)  # what was under way
        stands = time_of(session.screen)
        session.until_frames(4)
        check(time_of(session.screen) == stands, "time passes", session)
        session.press(" ")
        session.until_without("PAUSED")
        session.until("went on", lambda screen: time_of(screen) != stands)
        session.press("+")
        session.until_text("at most 2x")
        session.press("--")
        session.until_text("at most 0.5x")
        session.press("\x1b[A")  # an arrow is no key of ours
        session.press("?")
        session.until_text("Ctrl-C")
        session.press("h")
        session.until_without("Ctrl-C")
        session.press("p")
        session.until_text("PAUSED")
        session.press("q")  # also while it stands still
        check_report(session, session.end())


def it_fits_after_every_change_of_size():
    with Session(RUN) as session:
        until_under_way(session)
        for columns, rows in ((60, 12), (40, 5), (19, 3), (120, 40), (30, 30), (80, 24)):
            session.resize(columns, rows)
            session.until_frames(3)
            text = session.screen.text()
            seen = [line for line in text if line]
            check(max(map(len, seen)) < columns, "reaches the last column", session)
            check(sum("%" in line and " of " in line for line in seen) <= 1, "seen twice", session)
            check(any("%" in line for line in seen), "no progress", session)
            check(session.screen.too_long == 0, f"too long at {columns} x {rows}", session)
        check("p pause" in "\n".join(text), "not all is back", session)
        session.press("q")
        check(session.end() == 130, "no report", session)
        check_put_right(session)


def simulations_too():
    """Nobody shows anything while they stand still, but keys and sizes are heard."""
    with Session([PROGRAM, "simulate", "double11-2009", "--speed", "5"]) as session:
        until_under_way(session)
        check("virtual time" in "\n".join(session.screen.text()), "no simulation", session)
        session.press("p")
        session.until_text("PAUSED")
        session.resize(100, 30)
        session.until_text("of offered")  # for which there was no room
        session.press("-")
        session.until_text("at most 2x")
        session.press("+++")
        session.until_text("at most 20x")
        session.press("---")
        session.until_text("at most 2x")
        session.press("p")
        session.until_without("PAUSED")
        session.press("p")
        session.until_text("PAUSED")
        session.press("\x03")
        check_report(session, session.end(), laws=11)


def an_interruption_prints_the_report():
    with Session(RUN) as session:
        until_under_way(session)
        session.press("\x03")
        check_report(session, session.end())


def stopped_and_continued():
    with Session(RUN) as session:
        until_under_way(session)
        session.press("\x1a")  # Ctrl-Z
        session.until_stopped()
        check_put_right(session)
        session.go_on()
        session.until("drawn again", lambda screen: not screen.cursor_shown)
        session.until_text("p pause")
        session.press("q")
        check(session.end() == 130, "no report", session)
        check_put_right(session)


def killed_by_the_keyboard():
    with Session(RUN) as session:
        until_under_way(session)
        session.press("\x1c")  # Ctrl-\
        check(session.end() == -signal.SIGQUIT, "not killed", session)
        check_put_right(session)


def without_colours():
    for options, environment in ((["--no-color"], {}), ([], {"NO_COLOR": "1"})):
        with Session(RUN + options, environment=environment) as session:
            until_under_way(session)
            session.press("q")
            check_report(session, session.end())
            check(session.screen.colors == 0, "coloured", session)


def without_utf8():
    with Session(RUN, environment={"LC_ALL": "C"}) as session:
        until_under_way(session)
        text = "\n".join(session.screen.text())
        check(text.isascii() and "====" in text or "----" in text, "not ASCII", session)
        session.press("q")
        check_report(session, session.end())


def without_keys():
    """stdin is no terminal."""
    with open(os.devnull, "rb") as nothing:
        with Session(RUN, stdin=nothing.fileno()) as session:
            until_under_way(session)
            check("p pause" not in "\n".join(session.screen.text()), "keys", session)
            check(session.modes() == session.before, "the modes are not as before", session)
            session.press("\x03")
            check(session.end() == 130, "not ended", session)
            check("INTERRUPTED  double11-2009" in session.screen.everything(), "no report", session)
            check_put_right(session)


def the_last_frame_stays_where_no_report_comes():
    with tempfile.TemporaryFile() as report:
        with Session(RUN, stdout=report.fileno()) as session:
            until_under_way(session)
            session.press("q")
            check(session.end() == 130, "not ended", session)
            check("Audit     0 broken so far" in session.screen.everything(), "erased", session)
            check("ENDING" in session.screen.everything(), "not the last frame", session)
            check_put_right(session)
        report.seek(0)
        assert report.read().startswith(b"INTERRUPTED  double11-2009")


def no_view_where_the_cursor_cannot_move():
    with Session(RUN, environment={"TERM": "dumb"}) as session:
        session.until_text("of 1min")
        check(session.screen.frames == 0, "a frame", session)
        check(session.modes() == session.before, "the modes are not as before", session)
        session.press("\x03")
        check(session.end() == 130, "not ended", session)
        check("INTERRUPTED  double11-2009" in session.screen.everything(), "no report", session)


def main():
    tests = [
        the_view_says_what_goes_on, keys_steer, it_fits_after_every_change_of_size, simulations_too,
        an_interruption_prints_the_report, stopped_and_continued, killed_by_the_keyboard,
        without_colours, without_utf8, without_keys, the_last_frame_stays_where_no_report_comes,
        no_view_where_the_cursor_cannot_move,
    ]
    # The folder of the sources comes second, as in other tests; names of tests may follow.
    wanted = sys.argv[3:]
    ran = 0
    for test in tests:
        if not wanted or test.__name__ in wanted:
            test()
            print("ok", test.__name__.replace("_", " "), flush=True)
            ran += 1
    if ran == 0:
        raise SystemExit("no test of that name")


main()

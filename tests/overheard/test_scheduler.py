"""Jobs are called again and again, also after they failed, until they are told to stop."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from overheard.scheduler import Job, run_until, stop_on_signals


def test_failing_job_is_called_again_and_stops_no_other() -> None:
    stop = threading.Event()
    calls: list[str] = []

    def fails() -> None:
        calls.append("fails")
        if calls.count("fails") == 3:
            stop.set()
        raise RuntimeError("as always")

    run_until(stop, [Job("fails", fails, 0.05), Job("works", lambda: calls.append("works"), 0.05)])
    assert calls.count("fails") >= 3
    assert calls.count("works") >= 1


def test_clock_that_is_set_back_wakes_every_job_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    calls: list[str] = []
    real = time.time

    def job() -> None:
        calls.append("called")
        if len(calls) == 2:
            stop.set()

    timers = [
        threading.Timer(0.5, monkeypatch.setattr, (time, "time", lambda: real() - 7200.0)),
        threading.Timer(30.0, stop.set),
    ]
    for timer in timers:
        timer.start()
    run_until(stop, [Job("hourly", job, 3600.0)])
    for timer in timers:
        timer.cancel()
    assert calls == ["called", "called"]


def test_running_job_is_finished_before_the_end() -> None:
    stop = threading.Event()
    begun, done = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        stop.wait(10)
        done.set()

    def stop_it() -> None:
        begun.wait(10)
        stop.set()

    stopper = threading.Thread(target=stop_it)
    stopper.start()
    run_until(stop, [Job("long", long, 60.0)])
    stopper.join()
    assert done.is_set()


def test_sigterm_asks_to_stop_and_the_old_handler_comes_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    stop = threading.Event()
    with stop_on_signals(stop):
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(5)
    assert signal.getsignal(signal.SIGTERM) is before

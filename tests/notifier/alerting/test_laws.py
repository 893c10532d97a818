"""What holds of the pipeline whatever is found, in whatever order, however often it is looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from config.alert_settings import Alerting
from notifier.alerting.outcome import AlertMessage, Outcome
from notifier.alerting.pipeline import decide
from notifier.alerting.quiet import quiet_until
from storage.alert_records import Alert, AlertState, Decided, Decision, Severity, Silence, Why
from storage.records import Span
from tests.notifier.alerting.samples import HOUR, MINUTE, NOON, PARIS, Looks, alert

NAMES = [
    "volume_spike:acme", "volume_spike:acme/rss:a", "volume_spike:globex", "volume_drop:acme", "negative_surge:acme",
    "share_shift:globex", "source_silent:rss:a", "source_silent:rss:b", "source_silent:all", "goal:leads",
    "keyword_hit:acme", "keyword_hit:globex",
]  # fmt: skip
EVENTS = ("keyword_hit:acme", "keyword_hit:globex")


@st.composite
def alerts(draw: st.DrawFn) -> Alert:
    name = draw(st.sampled_from(NAMES))
    start = NOON - draw(st.integers(1, 6)) * HOUR
    window = Span(start, start + draw(st.integers(1, 3)) * HOUR)
    strength = draw(st.sampled_from([0.0, 1.0, 2.0, 4.0, 9.0]))
    return alert(name, draw(st.sampled_from(Severity)), strength, window, lasting=name not in EVENTS)


settings_of = st.builds(
    Alerting,
    per_hour=st.integers(1, 3),
    repeat=st.sampled_from([timedelta(0), HOUR, 6 * HOUR]),
    grown=st.sampled_from([1.5, 2.0]),
    over_after=st.sampled_from([5 * MINUTE, 30 * MINUTE]),
    quiet_from=st.just(time(22)),
    quiet_until=st.sampled_from([time(7), time(23)]),
    escalate_to=st.sampled_from([None, "C0BOSSES00"]),
    escalate_mention=st.sampled_from([(), ("U0ANN00000",)]),
    escalate_from=st.sampled_from(["info", "critical"]),
)
silences_of = st.lists(
    st.builds(
        Silence,
        id=st.integers(1, 9),
        since=st.just(NOON),
        until=st.integers(0, 30).map(lambda hours: NOON + hours * HOUR),
        rule=st.sampled_from([None, "volume_spike", "source_silent"]),
        brand=st.sampled_from([None, "acme"]),
    ),
    max_size=2,
)
looks_of = st.lists(
    st.tuples(st.sampled_from([5, 10, 35, 240, 600]), st.lists(alerts(), max_size=8)), min_size=1, max_size=12
)


def run(looks: Looks, plan: Sequence[tuple[int, Sequence[Alert]]]) -> list[tuple[datetime, Sequence[Alert], Outcome]]:
    """Look as planned: after so many minutes, finding that."""
    now, done = NOON, []
    for minutes, found in plan:
        now += minutes * MINUTE
        done.append((now, found, looks.look(now, *found)))
    return done


def told(outcome: Outcome) -> list[Decided]:
    return [one for one in outcome.decided if one.decision is Decision.TOLD]


def settled(state: AlertState) -> AlertState:
    """The state without the last decision, which is another once an alert was told."""
    return replace(state, decision=Decision.DROPPED, why=Why.UNCHANGED)


@given(settings_of, silences_of, looks_of)
def test_every_alert_that_is_found_gets_exactly_one_decision(
    settings: Alerting, silences: list[Silence], plan: list[tuple[int, list[Alert]]]
) -> None:
    for _, found, outcome in run(Looks(settings, silences=silences), plan):
        counted = Counter(one.alert.id for one in outcome.decided)
        assert set(counted.values()) <= {1}
        assert {one.id for one in found} <= set(counted)
        assert all(one in outcome.decided for one in outcome.noted)


@given(settings_of, silences_of, looks_of)
def test_nothing_is_told_twice_without_a_reason(
    settings: Alerting, silences: list[Silence], plan: list[tuple[int, list[Alert]]]
) -> None:
    before: dict[str, list[Decided]] = {}
    escalated: set[str] = set()
    for _, _, outcome in run(Looks(settings, silences=silences), plan):
        for one in told(outcome):
            earlier = before.setdefault(one.alert.id, [])
            worse = all(one.alert.severity.rank > past.alert.severity.rank for past in earlier)
            if one.why is Why.ESCALATED:
                assert one.alert.id not in escalated
                assert one.at - earlier[-1].at >= settings.escalate_after
                escalated.add(one.alert.id)
                continue
            if one.why is Why.NEW:
                assert earlier == []
            elif one.why is Why.WORSE:
                assert worse
            else:
                assert one.why is Why.GREW
                assert one.alert.strength >= settings.grown * earlier[-1].alert.strength > 0
                assert one.at - earlier[-1].at >= settings.repeat
            earlier.append(one)
        standing = {state.alert.id for state in outcome.states}
        before = {name: past for name, past in before.items() if name in standing}
        escalated &= standing


@given(settings_of, silences_of, looks_of)
def test_messages_tell_what_was_decided_under_keys_that_are_taken_once(
    settings: Alerting, silences: list[Silence], plan: list[tuple[int, list[Alert]]]
) -> None:
    done = run(Looks(settings, silences=silences), plan)

    for _, _, outcome in done:
        cases = [case for message in outcome.messages if isinstance(message, AlertMessage) for case in message.cases]
        assert sorted(case.alert.id for case in cases) == sorted(one.alert.id for one in told(outcome))
    keys = [message.key for _, _, outcome in done for message in outcome.messages]
    assert len(keys) == len(set(keys))


@given(settings_of, silences_of, looks_of)
def test_the_budget_of_an_hour_is_never_exceeded(
    settings: Alerting, silences: list[Silence], plan: list[tuple[int, list[Alert]]]
) -> None:
    done = run(Looks(settings, silences=silences), plan)

    posted = [(each.to, now) for now, _, outcome in done for each in outcome.messages if isinstance(each, AlertMessage)]
    for place, end in posted:
        assert sum(to == place and end - HOUR < at <= end for to, at in posted) <= settings.per_hour


@given(settings_of, silences_of, looks_of)
def test_in_quiet_hours_nothing_is_told_that_is_not_critical(
    settings: Alerting, silences: list[Silence], plan: list[tuple[int, list[Alert]]]
) -> None:
    for now, _, outcome in run(Looks(settings, silences=silences), plan):
        if quiet_until(settings, now, PARIS) is not None:
            assert {one.alert.severity for one in told(outcome)} <= {Severity.CRITICAL}


@given(settings_of, silences_of, looks_of, st.randoms(use_true_random=False))
def test_the_order_of_what_is_found_does_not_matter(
    settings: Alerting, silences: list[Silence], plan: list[tuple[int, list[Alert]]], dice: Random
) -> None:
    looks = Looks(settings, silences=silences)
    for now, found in [(NOON + place * HOUR, found) for place, (_, found) in enumerate(plan)]:
        mixed = list(found)
        dice.shuffle(mixed)
        before = looks.memory
        shuffled = replace(
            before, silences=before.silences[::-1], states=dict(sorted(before.states.items(), reverse=True))
        )
        assert decide(mixed, shuffled, settings, now, PARIS) == looks.look(now, *found)


@given(settings_of, silences_of, looks_of)
def test_a_look_that_is_repeated_at_once_tells_nothing_and_changes_nothing(
    settings: Alerting, silences: list[Silence], plan: list[tuple[int, list[Alert]]]
) -> None:
    looks = Looks(settings, silences=silences)
    for now, found in [(NOON + place * HOUR, found) for place, (_, found) in enumerate(plan)]:
        looks.look(now, *found)
        states = looks.states

        again = looks.look(now, *found)

        assert again.messages == ()
        assert [settled(state) for state in again.states] == [settled(state) for state in states.values()]
        assert looks.look(now, *found).noted == ()


@given(settings_of, looks_of)
def test_with_a_silence_for_everything_nothing_is_told(settings: Alerting, plan: list[tuple[int, list[Alert]]]) -> None:
    everything = Silence(1, NOON, NOON + timedelta(days=99))

    for _, _, outcome in run(Looks(settings, silences=[everything]), plan):
        assert outcome.messages == ()


@given(settings_of, looks_of)
def test_what_is_not_found_any_more_is_forgotten_in_the_end(
    settings: Alerting, plan: list[tuple[int, list[Alert]]]
) -> None:
    looks = Looks(settings)
    run(looks, plan)

    for hours in range(200, 240):  # past the night, and past the budget of what is held
        looks.look(NOON + hours * HOUR)

    assert looks.states == {}

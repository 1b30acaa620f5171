"""Visits of a traces file, and the judge's figures of what a detector said in them.

The figures have the names and the meaning of train/src/behaviour/report.rs.
"""

import json
from dataclasses import dataclass

import numpy as np

PREVALENCE = 0.05
COOL_DOWN_MS = 120_000
"""Alarms closer together than this are one offer."""


@dataclass
class Visit:
    rows: np.ndarray
    """What a detector reads of each event that it hears."""
    times: np.ndarray
    stuck: bool
    now: np.ndarray
    """Whether the person is stuck, event by event."""
    ended: int | None
    """When they asked for help, or got through or left."""
    length_ms: int

    def counting(self):
        """An alarm in a stuck visit counts while it lasts."""
        return self.now if self.stuck else np.ones(len(self.times), bool)


def read(path, features, hears=lambda event: True):
    """The visits of a file; `features` makes the rows of the events that a detector hears."""
    visits = []
    with open(path, encoding="utf-8") as lines:
        for trace in map(json.loads, lines):
            labels, events = trace["labels"], trace["events"]
            heard = [event for event in events if hears(event)]
            times = np.array([event["t"] for event in heard])
            stuck, until = labels["stuck"], labels.get("until")
            now = (labels["from"] <= times) & (times < until) if stuck else np.zeros(len(times), bool)
            ended = labels.get("help_opened_at", until)
            visits.append(Visit(features(heard), times, stuck, now, ended, events[-1]["t"] - events[0]["t"]))
    return visits


def judge(visits, scores):
    """The figures, by each visit's scores: one an event, the higher the surer that the person is stuck."""
    best = np.array([s[v.counting()].max(initial=0) for v, s in zip(visits, scores)])
    stuck = np.array([v.stuck for v in visits])
    yes, no = np.sort(best[stuck])[::-1], np.sort(best[~stuck])
    below, ties = np.searchsorted(no, yes, "left"), np.searchsorted(no, yes, "right")

    def precision(score):
        hit = PREVALENCE * (yes >= score).mean()
        return hit / (hit + (1 - PREVALENCE) * (no >= score).mean())

    half = yes[int(np.ceil(len(yes) / 2)) - 1]
    return {"n": len(visits), "auc": (below + ties).sum() / 2 / len(yes) / len(no),
            "average_precision": np.mean([precision(s) for s in yes]),
            "precision_at_recall_50": precision(half), "prevalence": PREVALENCE,
            "lead_seconds_median": median_lead(visits, scores, half),
            "false_offers_per_hour": false_offers(visits, scores, half), "threshold": half}


def median_lead(visits, scores, threshold):
    """From the first alarm to the end, of the stuck visits found."""
    leads = []
    for visit, score in zip(visits, scores):
        alarms = visit.times[visit.now & (score >= threshold)]
        if len(alarms):
            leads.append(visit.ended - alarms[0])
    return sorted(leads)[len(leads) // 2] / 1000


def false_offers(visits, scores, threshold):
    """An hour of the visits without trouble."""
    offers = ms = 0
    for visit, score in zip(visits, scores):
        if visit.stuck:
            continue
        ms += visit.length_ms
        last = -np.inf
        for t in visit.times[score >= threshold]:
            if t - last >= COOL_DOWN_MS:
                offers += 1
                last = t
    return offers * 3_600_000 / ms

"""Boosted trees on aggregates of the visit so far, judged as `unstuck eval` judges.

    python trees.py learn.jsonl judge.jsonl...

README.md says where the files come from; each file to judge by gives a line of figures.

One row an event: how often each kind of event happened so far, failures, slow answers, going back, time.
It knows neither the playbook nor the order. Activity and calls that only begin are left out.
"""

import argparse
import json

import lightgbm
import numpy as np

from visits import judge, read

KINDS = ["screen", "tap", "input", "submit", "validation_error", "api", "js_error", "scroll", "visibility",
         "search", "copy", "help", "custom"]
ROUNDS = 300
SETTINGS = dict(objective="binary", learning_rate=0.05, num_leaves=31, num_threads=1, verbose=-1, seed=1)


def hears(event):
    return event["kind"] in KINDS and event.get("status") != "pending"


def features(events):
    counts = np.zeros(len(KINDS) + 9)
    rows = np.empty((len(events), len(counts)))
    before = start = events[0]["t"]
    for row, event in zip(rows, events):
        t = event["t"]
        counts[KINDS.index(event["kind"])] += 1
        more = counts[len(KINDS):]
        more[0] += event.get("status") in ("server", "network", "timeout")
        more[1] += event.get("status") == "client"
        more[2] += event.get("latency_ms", 0) > 3000
        more[3] = max(more[3], event.get("latency_ms", 0))
        more[4] += event.get("how") == "back"
        more[5] += event.get("how") == "reload"
        more[6] = t - start
        more[7] = max(more[7], t - before)
        more[8] = t - before
        before = t
        row[:] = counts
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("learn")
    parser.add_argument("judges", nargs="+")
    options = parser.parse_args()
    visits = read(options.learn, features, hears)
    x, y = np.concatenate([v.rows for v in visits]), np.concatenate([v.now for v in visits])
    model = lightgbm.train(SETTINGS, lightgbm.Dataset(x, y), ROUNDS)
    for path in options.judges:
        visits = read(path, features, hears)
        print(json.dumps(judge(visits, [model.predict(v.rows, num_threads=1) for v in visits])))


if __name__ == "__main__":
    main()

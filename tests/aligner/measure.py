#!/usr/bin/env python3
"""How far our word times are from an independent forced aligner (pocketsphinx, English).

    python3 -m venv V && V/bin/pip install pocketsphinx
    cargo build --release --example word_times -p edit-factory-core
    V/bin/python tests/aligner/measure.py target/release/examples/word_times [flite:slt flite:rms espeak-ng:en-us]

Two lists of sentences lie beside this file: `tune.txt`, at which we looked while the model was made, and `check.txt`, at
which we did not. A number is followed by the words it is spoken as, in braces, for the aligner alone. The error of a word
is the distance of its start from the start that the aligner gives.
"""
import json
import re
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from pocketsphinx import Decoder

HERE = Path(__file__).parent


def sentences(name):
    """(text to speak, for each white-space word the list of words the aligner is to find)"""
    for line in (HERE / f"{name}.txt").read_text().splitlines():
        # Words inside braces hang together while the line is split.
        tokens = re.sub(r"\{([^}]*)\}", lambda m: "{" + m[1].replace(" ", "_") + "}", line).split()
        spoken, wanted = [], []
        for token in tokens:
            inside = re.search(r"\{(.*)\}", token)
            spoken.append(re.sub(r"\{.*\}", "", token))
            wanted.append(inside[1].split("_") if inside else [re.sub(r"[^a-z']", "", token.lower())])
        yield " ".join(spoken), wanted


# The aligner's model of silence needs some, and digital silence is none it knows: faint noise is laid under everything,
# and a moment of it goes before and after.
AROUND_MS = 200


def samples_16k(path):
    with wave.open(path) as w:
        assert (w.getframerate(), w.getnchannels(), w.getsampwidth()) == (48000, 1, 2)
    graph = (
        f"[0:a]aresample=16000,adelay={AROUND_MS},apad=pad_dur={AROUND_MS / 1000}[v];"
        "anoisesrc=r=16000:a=0.001:c=pink:seed=1[n];[v][n]amix=duration=first:normalize=0"
    )
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-filter_complex", graph, "-f", "s16le", "-"],
        check=True,
        capture_output=True,
    ).stdout


def aligned(pcm, words):
    """Start of each word in milliseconds, or None when the aligner gives up."""
    # The whole sentence is there at once, so its mean is taken over all of it.
    decoder = Decoder(samprate=16000, lm=None, loglevel="FATAL", cmn="batch")
    decoder.set_align_text(" ".join(words))

    def listen():
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()

    # Two passes: words first, then the states inside them, which places the borders better. The second sometimes fails;
    # then the first one's borders, a frame or two off, are what there is.
    try:
        listen()
        starts = [(s.word, s.start_frame) for s in decoder.seg() or []]
        decoder.set_alignment()
        listen()
        starts = [(w.name, w.start) for w in decoder.get_alignment()]
    except RuntimeError:
        pass
    starts = [frame * 10 - AROUND_MS for name, frame in starts if name[0] not in "<["]
    return starts if len(starts) == len(words) else None


def errors(tool, voice, name):
    lines = list(sentences(name))
    with tempfile.TemporaryDirectory() as home:
        text = "\n".join(spoken for spoken, _ in lines) + "\n"
        out = subprocess.run([tool, f"{home}/home", voice, "en"], input=text, text=True, check=True, capture_output=True)
        for (spoken, wanted), line in zip(lines, out.stdout.splitlines(), strict=True):
            told = json.loads(line)
            starts = aligned(samples_16k(told["file"]), [w for words in wanted for w in words])
            if starts is None:
                print(f"not aligned: {spoken}", file=sys.stderr)
                continue
            at = 0
            for words, ours in zip(wanted, told["words"], strict=True):
                yield ours["start_ms"] - starts[at], ours["text"], spoken
                at += len(words)


def main():
    tool, voices = sys.argv[1], sys.argv[2:] or ["flite:slt", "flite:rms"]
    for voice in voices:
        for name in ("tune", "check"):
            found = list(errors(tool, voice, name))
            if not found:
                continue
            sizes = sorted(abs(e) for e, _, _ in found)
            signed = sorted(e for e, _, _ in found)
            at = lambda share: sizes[min(len(sizes) - 1, int(share * len(sizes)))]
            print(
                f"{voice} {name}: {len(found)} words, median {at(0.5)} ms, 90th percentile {at(0.9)} ms, "
                f"worst {sizes[-1]} ms, middle of signed errors {signed[len(signed) // 2]} ms"
            )


if __name__ == "__main__":
    main()

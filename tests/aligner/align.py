"""Says when each word of a narration is heard, by forced alignment: an opinion that shares nothing with ours.

    python align.py NARRATION.wav < text

The sound is mono, 16 bit, 16 kHz, English. Standard output is a JSON list with an object for each word of the text, in
order: {"word", "start_ms", "end_ms"}.
"""

import json
import re
import sys
import wave

from pocketsphinx import Decoder

FRAME_MS = 10


def main() -> int:
    with wave.open(sys.argv[1]) as sound:
        if (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) != (1, 2, 16000):
            print("the sound is not mono, 16 bit, 16 kHz", file=sys.stderr)
            return 1
        samples = sound.readframes(sound.getnframes())
    words = re.findall(r"[a-z']+", sys.stdin.read().lower().replace("\u2019", "'"))
    decoder = Decoder(lm=None, loglevel="FATAL")
    unknown = [word for word in words if decoder.lookup_word(word) is None]
    if unknown:
        print("the aligner does not know: " + ", ".join(unknown), file=sys.stderr)
        return 1
    decoder.set_align_text(" ".join(words))
    decoder.start_utt()
    decoder.process_raw(samples, full_utt=True)
    decoder.end_utt()
    heard = [
        {"word": re.sub(r"\(\d+\)$", "", part.word), "start_ms": part.start_frame * FRAME_MS, "end_ms": (part.end_frame + 1) * FRAME_MS}
        for part in decoder.seg()
        if not part.word.startswith(("<", "["))
    ]
    if [part["word"] for part in heard] != words:
        print("the aligner lost its way", file=sys.stderr)
        return 1
    json.dump(heard, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

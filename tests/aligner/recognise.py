"""Says which words are heard in a sound by somebody who does not know what was to be said.

    python recognise.py SOUND.wav

The sound is mono, 16 bit, 16 kHz, English. Standard output is a JSON list of words.
"""

import json
import re
import sys
import wave

from pocketsphinx import Decoder


def main() -> int:
    with wave.open(sys.argv[1]) as sound:
        if (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) != (1, 2, 16000):
            print("the sound is not mono, 16 bit, 16 kHz", file=sys.stderr)
            return 1
        samples = sound.readframes(sound.getnframes())
    decoder = Decoder(loglevel="FATAL")
    decoder.start_utt()
    decoder.process_raw(samples, full_utt=True)
    decoder.end_utt()
    words = [re.sub(r"\(\d+\)$", "", part.word) for part in decoder.seg() or []]
    json.dump([word for word in words if not word.startswith(("<", "["))], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

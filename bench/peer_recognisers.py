"""Times one recogniser of others on texts: `python bench/peer_recognisers.py NAME < texts.json`, in the environment of
bench/peers.txt. Prints characters read, hits, seconds of processor time, as JSON; stops after its time is up."""
from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable

BUDGET = 20.0        # seconds of processor time
PIECE = 1500         # characters: the slow ones are given a text piece by piece


def jionlp_dates() -> Callable[[str], int]:
    """JioNLP's dates and times."""
    import jionlp
    return lambda text: len(jionlp.ner.extract_time(text))


def recognizers_dates() -> Callable[[str], int]:
    """Dates and times of Recognizers-Text."""
    from recognizers_date_time import Culture, DateTimeRecognizer
    model = DateTimeRecognizer(Culture.Chinese).get_datetime_model()
    return lambda text: len(model.parse(text))


def recognizers_numbers() -> Callable[[str], int]:
    """Numbers of Recognizers-Text."""
    from recognizers_number import Culture, NumberRecognizer
    model = NumberRecognizer(Culture.Chinese).get_number_model()
    return lambda text: len(model.parse(text))


RECOGNISERS = {"jionlp-dates": jionlp_dates, "recognizers-dates": recognizers_dates,
               "recognizers-numbers": recognizers_numbers}


def main() -> None:
    """Read the texts, warm up on one piece, measure."""
    texts = json.load(sys.stdin)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        find = RECOGNISERS[sys.argv[1]]()
        find(texts[0][:PIECE])
        start, chars, hits = time.process_time(), 0, 0
        for text in texts:
            for at in range(0, len(text), PIECE):
                if time.process_time() - start < BUDGET:
                    hits += find(text[at:at + PIECE])
                    chars += len(text[at:at + PIECE])
        seconds = time.process_time() - start
    print(json.dumps({"chars": chars, "hits": hits, "seconds": seconds}))


if __name__ == "__main__":
    main()

"""How time grows with the length of hostile guides: 2 is linear, 4 is quadratic.

    python -m benchmarks.growth

Each piece is repeated, and the text of twice as many is read and extracted in the same process;
printed is the ratio of the CPU times, the best of three runs each. Everything up to about 2.5 is
well.
"""

from __future__ import annotations

import time

from kg.extraction import extract
from kg.guides import parse_guide
from kg.language import load_pipeline
from kg.ontology import load_ontology

PIECES = {
    "one long paragraph": "Halden Labs released Skald 2 in Bergen, and Ada Holm explained it. ",
    "many paragraphs": "Halden Labs released Skald 2.\n\n",
    "list items": "- Skald 2  - the model of Halden Labs\n",
    "parentheses": "Multi-Head Latent Attention (MLA) ",
    "homographs": "DeepSeek and MiniMax and Mistral, ",
    "capitals": "Alder Birch Cedar ",
    "brackets": "([{",
    "titles": "author of The Long Road (From Home) and ",
    "quotations": '"The road is long."\n-- Ada Holm\n\n',
    "spaces": "Talk                ",
}
CHARACTERS = 8_000
RUNS = 2


def main() -> None:
    """Print the table."""
    nlp, ontology = load_pipeline(), load_ontology()

    def seconds(text: str) -> float:
        best = float("inf")
        for _ in range(RUNS):
            start = time.process_time()
            extract(parse_guide(text, "guide"), "https://example.org/episode", nlp, ontology)
            best = min(best, time.process_time() - start)
        return best

    print(f"{'piece':22s} {'seconds':>8s}  growth")
    for name, piece in PIECES.items():
        count = CHARACTERS // len(piece)
        once, twice = seconds(piece * count), seconds(piece * count * 2)
        print(f"{name:22s} {once:8.2f} {twice / once:7.1f}")


if __name__ == "__main__":
    main()

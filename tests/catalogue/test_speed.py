"""The catalogue is ready before anyone notices: user and system time, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

from markup_assistant.shipped import shipped_folder

MEASURE = """
import json, sys, time
from pathlib import Path
from markup_assistant.catalogue.edition import load_catalogue

def best(do, times=5):
    spent = []
    for _ in range(times):
        start = time.process_time()
        result = do()
        spent.append((time.process_time() - start) * 1000)
    return min(spent), result

folder = Path(sys.argv[1])
load, _ = best(lambda: load_catalogue(folder))
terms, _ = best(lambda: load_catalogue(folder).term_rows())
catalogues = [load_catalogue(folder) for _ in range(5)]
for one in catalogues:
    one.term_rows()
before = set(sys.modules)
from markup_assistant.catalogue.index import index_of
from markup_assistant.catalogue.search import search
fresh = iter(catalogues)
index, _ = best(lambda: index_of(next(fresh)))
queries = ["merudgfit", "parkering", "hjmmehjlp rngring af hjmet", "hjælp til børn og unge med særlige behov"]
query = max(best(lambda: search(catalogues[-1], text))[0] for text in queries)
print(json.dumps({"load": load, "terms": terms - load, "index": index, "query": query,
                  "early": "rapidfuzz" in before, "numpy": "numpy" in sys.modules}))
"""


def test_a_full_catalogue_is_ready_and_searched_in_time(tmp_path: Path) -> None:
    folder = _full_catalogue(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    spent = json.loads(done.stdout)
    assert not spent["early"], "rapidfuzz belongs to the search alone"
    assert not spent["numpy"]
    assert spent["load"] < 50
    assert spent["terms"] < 40
    assert spent["index"] < 150
    assert spent["query"] < 20


def _full_catalogue(tmp_path: Path) -> Path:
    """Write the shipped edition with 28,000 terms: what it has when every subject has all of its own."""
    folder = tmp_path / "kle"
    folder.mkdir()
    shipped = shipped_folder("kle_catalogue")
    for name in ("edition.toml", "main_groups.csv", "groups.csv", "subjects.csv", "facets.csv"):
        (folder / name).write_bytes((shipped / name).read_bytes())
    subjects = (shipped / "subjects.csv").read_text(encoding="utf-8").splitlines()[1:]
    words = sorted({word for line in subjects for word in line.split(";")[1].split()})
    lines = ["number;kind;term;lapsed"]
    for place in range(28_000):
        number = subjects[place % len(subjects)].split(";")[0]
        chosen = (words[(place * step) % len(words)] for step in (7, 131, 1009)[: place % 3 + 1])
        lines.append(f"{number};term;{' '.join(chosen)} {place % 4000};")
    (folder / "terms.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder

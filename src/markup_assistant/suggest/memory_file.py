"""The memory as a file, so that what was decided counts from the first letter of a new run.

A numpy archive without objects; ``note`` is what its writer wants to know again (of which model and store it is).
It can be made again from the store at any time: whatever is wrong with it, there is then no memory, and no error.
"""

import io
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from markup_assistant.markup_json import markup_of, markup_tree
from markup_assistant.suggest.memory import Memory, Remembered, Trace

FORMAT = 1
MAX_FILE = 256 * 1024 * 1024
"""Bytes of a memory file: 5,000 letters take a twentieth of it."""


def write_memory(file: Path, memory: Memory, note: Mapping[str, Any]) -> None:
    """Write a memory beside its place and move it there; raises OSError."""
    items = memory.items()
    traces = [trace for _, _, trace in items]
    head = {
        "format": FORMAT,
        "note": dict(note),
        "letters": [
            {"key": key, "name": letter.name, "trust": letter.trust, "markup": markup_tree(letter.markup)}
            for key, letter, _ in items
        ],
    }
    buffer = io.BytesIO()
    np.savez(
        buffer,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), np.uint8),
        features=_joined([trace.features for trace in traces], np.int32),
        values=_joined([trace.values for trace in traces], np.float16),
        lengths=np.array([len(trace.features) for trace in traces], np.int32),
        places=_joined([np.array(list(trace.thought), np.int32) for trace in traces], np.int32),
        shares=_joined([np.array(list(trace.thought.values()), np.float32) for trace in traces], np.float16),
        thoughts=np.array([len(trace.thought) for trace in traces], np.int32),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(buffer.getvalue())
    Path(part).replace(file)


def read_memory(file: Path) -> tuple[Memory, dict[str, Any]] | None:
    """Return a memory with its writer's note, or None where there is none that can be used."""
    try:
        if file.stat().st_size > MAX_FILE:
            return None
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
            head = json.loads(arrays["head"].tobytes())
            if head["format"] != FORMAT:
                return None
            return _memory(head, arrays), dict(head["note"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        return None


def _memory(head: Mapping[str, Any], arrays: Mapping[str, Any]) -> Memory:
    ends, thought_ends = np.cumsum(arrays["lengths"]), np.cumsum(arrays["thoughts"])
    features, values = arrays["features"], arrays["values"].astype(np.float32)
    places, shares = arrays["places"].tolist(), arrays["shares"].astype(np.float32).tolist()
    memory = Memory()
    start = thought_start = 0
    for row, end, thought_end in zip(head["letters"], ends.tolist(), thought_ends.tolist(), strict=True):
        thought = dict(zip(places[thought_start:thought_end], shares[thought_start:thought_end], strict=True))
        letter = Remembered(str(row["name"]), markup_of(row["markup"]), float(row["trust"]))
        memory.remember(str(row["key"]), letter, Trace(features[start:end], values[start:end], thought))
        start, thought_start = end, thought_end
    return memory


def _joined(parts: list[Any], kind: type) -> Any:
    return np.concatenate(parts).astype(kind) if parts else np.empty(0, kind)

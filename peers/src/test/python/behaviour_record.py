"""Writes answers of a server into the tables of behaviour.py, in the place of a `?`.

What differs from answer to answer (identifiers, times) becomes a placeholder; the rest stays as it was.
"""

import json
import re
from collections import defaultdict

from behaviour_shapes import SHAPES, shaped

WIDTH = 120
KNOWN_LONG = 12  # what was kept and is at least this long is recognised in an answer

PATTERNS = [
    (r"^s\.[A-Za-z0-9]{24}$", "<token>"),
    (r"^b\.[A-Za-z0-9_-]{40,}$", "<batch>"),
    (r"^eyJ[\w-]+\.[\w-]+\.[\w-]+$", "<jwt>"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "<time>"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>"),
    (r"\bh[0-9a-f]{64}\b", "h<hex>"),
    (r"(?<=[a-z]_)[0-9a-f]{8}\b", "<hex>"),
    (r"\bOpenBao(?='s)", "<product>"),
    (r"OpenBao CLI, use 'bao ", "<product> CLI, use '<word> "),
    (r"^([0-9a-f]{64}|[0-9a-f]{66})$", "<hex>"),
    (r"^([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{44})$", "<base64>"),
    (r"(?<=127.0.0.1:)\d+", "<digits>"),
    (r"vault-cluster-[0-9a-f]{8}", "<text>"),
    (r"\bv?2\.7\.2(\+builtin\.bao)?", "<version>"),
]
TIMES = {"creation_time", "last_renewal_time", "server_time_utc", "encryptions"}
SHRINKING = {"ttl"}


def write(recorded):
    by_path = defaultdict(dict)
    for (path, line), found in recorded.items():
        by_path[path][line] = found
    for path, found in by_path.items():
        lines = path.read_text().rstrip("\n").split("\n")
        for number in sorted(found, reverse=True):
            expected, answer, known = found[number]
            peer = "peer " if expected.source.startswith("peer ") else ""
            lines[number - 1:number] = shown(peer, expected.parts, answer, known)
        path.write_text("\n".join(lines) + "\n")


def shown(peer, asked, answer, known):
    parts = [f"{peer}{answer.status}"]
    if headers := asked.get("headers"):
        got = {name: answer.headers.get(name.lower()) for name in headers}
        parts.append("headers " + dumped(got))
    body = answer.json()
    if not answer.text:
        pass
    elif body is None:
        parts.append("text " + dumped(answer.text))
    elif isinstance(body, dict) and list(body) == ["errors"]:
        parts.append("errors " + dumped(replaced(body["errors"], known)))
    elif isinstance(body, dict) and "request_id" in body and "wrap_info" in body:
        parts += envelope(body, known)
    else:
        parts.append("json " + dumped(replaced(body, known)))
    return wrapped(parts)


def envelope(body, known):
    plain = {"request_id", "lease_id", "renewable", "lease_duration", "data", "wrap_info", "warnings", "auth"}
    parts = []
    doubled = isinstance(body["data"], dict) and body["data"] and all(
        key in body for key in body["data"] if key not in plain) and set(body) > plain
    for key in ("lease_id", "renewable", "lease_duration", "data", "wrap_info", "warnings", "auth"):
        if body[key] not in (None, "", False, 0) or isinstance(body[key], (dict, list)):
            parts.append(f"{key} " + dumped(replaced(body[key], known)))
    if doubled:
        parts.append("twice")
    return parts or ["data null"]


def replaced(value, known, key=""):
    if isinstance(value, dict):
        said = {name: replaced(inner, known, name) for name, inner in value.items()}
        if "creation_path" in value and "ttl" in value:
            said["ttl"] = value["ttl"]
        return in_shape(said)
    if isinstance(value, list):
        return [replaced(inner, known) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool):
        if key in TIMES and value > 0:
            return "<int>"
        return f"<~{up(value)}>" if key in SHRINKING and value > 0 else value
    if not isinstance(value, str):
        return value
    if key in ("accessor", "wrapped_accessor") and re.fullmatch(r"[A-Za-z0-9]{24}", value):
        value_of = next((name for name, text in known.items() if text == value), None)
        return f"${value_of}" if value_of else "<accessor>"
    for name, text in known.items():
        if isinstance(text, str) and len(text) >= KNOWN_LONG:
            value = value.replace(text, f"${name}")
    for pattern, kind in PATTERNS:
        value = re.sub(pattern, kind, value)
    return value


def in_shape(value):
    """The value by its shape and what it has besides, where it has one."""
    said = [like(name, value) for name, shape in SHAPES.items()
            if len(set(shape) & set(value)) >= len(set(shape) - {"?"}) - 1]
    return min(said, key=len) if said else value


def like(name, value):
    shape = SHAPES[name]
    whole = shaped({"~": name, **({"policies": value["policies"]} if "policies" in value else {})})
    gone = sorted(set(shape) - set(value) - {"?"})
    said = {key: inner for key, inner in value.items()
            if key not in whole or whole[key] != inner or key == "policies" and inner != shape["policies"]}
    return {"~": name, **({"-": gone} if gone else {}), **said}


def up(seconds):
    """The time to live that was asked for, of which some milliseconds have gone."""
    return seconds + 1 if str(seconds + 1).endswith("0") else seconds


def dumped(value):
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": ")).replace("\u2028", "\\u2028")


def wrapped(parts):
    """The parts on lines of bounded width; a line ends behind a comma or between two parts, never in a string."""
    pieces = [piece for part in parts for piece in re.findall(r'(?:"(?:[^"\\]|\\.)*"|[^" ])+ ?', part + " ")]
    lines, line = [], " "
    for piece in pieces:
        piece = piece.rstrip(" ")
        if len(line) + 1 + len(piece) > WIDTH and line.strip():
            lines.append(line)
            line = "   "
        line += " " + piece
    return [*lines, line]

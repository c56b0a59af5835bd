"""Compares an answer with what a table of behaviour.py says."""

import json
import re
from dataclasses import dataclass

from behaviour_shapes import shaped
from behaviour_tables import Broken, Unkept

SHOWN = 1500  # characters of an answer that a failure shows
SLOW = 20  # seconds by which a time to live may have shrunk until it is shown

ENVELOPE = {"request_id": "<uuid>", "lease_id": "", "renewable": False, "lease_duration": 0,
            "data": None, "wrap_info": None, "warnings": None, "auth": None}

KINDS = {
    "any": r"(?s:.*)",
    "text": r"(?s:.+)",
    "token": r"(s|hvs)\.[A-Za-z0-9]{24,95}",
    "batch": r"(b|hvb)\.[A-Za-z0-9_-]{40,}",
    "jwt": r"[\w-]+\.[\w-]+\.[\w-]+",
    "accessor": r"[A-Za-z0-9]{24}",
    "uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)",
    "word": r"\w+",
    "hex": r"[0-9a-f]+",
    "digits": r"\d+",
    "base64": r"[A-Za-z0-9+/]+=*",
    "product": r"(Coffer|OpenBao|Vault)",
    "version": r"v?\d+\.\d+\.\d+(\+builtin\.\w+|\+builtin)?",
}


class Unlike(Exception):
    """An answer is not what the table says."""


def fill(text, known):
    def value(match):
        if match[1] not in known:
            raise Unkept(f"nothing was kept as {match[1]}")
        return known[match[1]]
    return re.sub(r"\$(\w+)", value, text)


def compare(expected, got, where="answer"):
    if isinstance(expected, dict):
        compare_objects(expected, got, where)
    elif isinstance(expected, list):
        compare_lists(expected, got, where)
    elif isinstance(expected, str):
        compare_text(expected, got, where)
    elif type(expected) is not type(got) or expected != got:
        raise Unlike(f"{where}: expected {json.dumps(expected)}, got {json.dumps(got)}")


def compare_objects(expected, got, where):
    if not isinstance(got, dict):
        raise Unlike(f"{where}: expected an object, got {json.dumps(got)}")
    signs = ("...", "?")
    missing = [key for key in expected if key not in got and key not in signs]
    allowed = [*expected, *expected.get("?", [])]
    extra = [] if "..." in expected else [key for key in got if key not in allowed]
    if missing or extra:
        raise Unlike(f"{where}: missing {missing}, not expected {extra}")
    for key, value in expected.items():
        if key not in signs:
            compare(value, got[key], f"{where}.{key}")


def compare_lists(expected, got, where):
    if not isinstance(got, list):
        raise Unlike(f"{where}: expected a list, got {json.dumps(got)}")
    if "..." in expected:
        for value in expected:
            if value != "..." and not any(is_like(value, one) for one in got):
                raise Unlike(f"{where}: expected {json.dumps(value)} among {json.dumps(got)}")
        return
    if len(expected) != len(got):
        raise Unlike(f"{where}: expected {json.dumps(expected)}, got {json.dumps(got)}")
    for index, value in enumerate(expected):
        compare(value, got[index], f"{where}[{index}]")


def is_like(expected, got):
    try:
        compare(expected, got)
        return True
    except Unlike:
        return False


def compare_text(expected, got, where):
    if not matches(expected, got):
        raise Unlike(f"{where}: expected {json.dumps(expected)}, got {json.dumps(got)}")


def matches(expected, got):
    if expected == "<any>":
        return True
    if match := re.fullmatch(r"<~(\d+)>", expected):
        return type(got) is int and int(match[1]) - SLOW <= got <= int(match[1])
    if expected == "<int>":
        return type(got) is int
    if expected in ("<object>", "<list>"):
        return isinstance(got, dict if expected == "<object>" else list)
    if not isinstance(got, str):
        return False
    pattern = "".join(
        f"(?:{KINDS[part[1:-1]]})" if part[:1] == "<" and part[1:-1] in KINDS else re.escape(part)
        for part in re.split(r"(<\w+>)", expected))
    return re.fullmatch(pattern, got) is not None


@dataclass
class Answer:
    status: int
    headers: dict
    text: str

    def json(self):
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    def __str__(self):
        text = self.text.rstrip()
        return f"{self.status} {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}"


def check(expected, answer, known):
    """Raises Unlike where an answer is not the expected one."""
    parts = shaped(json.loads(fill_json(expected.parts, known)))
    headers = parts.pop("headers", {})
    if answer.status != expected.status:
        raise Unlike(f"status: expected {expected.status}, got {answer.status}")
    for name, value in headers.items():
        got = answer.headers.get(name.lower())
        if value is None and got is not None or value is not None and not matches(value, got):
            raise Unlike(f"header {name}: expected {value!r}, got {got!r}")
    if not parts:
        compare("", answer.text, "body")
    elif "text" in parts:
        compare(parts["text"], answer.text, "body")
    elif "json" in parts:
        compare(parts["json"], answer.json(), "body")
    elif "errors" in parts:
        compare(parts, answer.json(), "body")
    else:
        twice = parts.pop("twice", False)
        body = ENVELOPE | parts
        if parts.get("wrap_info"):
            body["request_id"] = ""
        compare(({**parts["data"]} if twice else {}) | body, answer.json(), "body")


def fill_json(parts, known):
    return fill(json.dumps(parts), in_json(known))


def in_json(known):
    """What was kept, as it is written within the quotes of a JSON text."""
    return {name: json.dumps(value)[1:-1] for name, value in known.items()}


def kept(pointer, answer):
    value = answer.json()
    try:
        for key in pointer.split("/"):
            value = value[int(key) if isinstance(value, list) else key]
        return value
    except (KeyError, TypeError, IndexError, ValueError):
        raise Broken(f"there is no {pointer} in {answer}") from None

"""Reads the tables of behaviour.py."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path


class Broken(Exception):
    """A table can't be read, or a case couldn't be set up."""


class Unkept(Broken):
    """A step needs what an earlier one didn't get."""


@dataclass
class Expected:
    line: int
    source: str
    status: int
    parts: dict


@dataclass
class Step:
    line: int
    source: str
    keeps: list = field(default_factory=list)
    until: bool = False
    role: str = "root"
    method: str = "GET"
    path: str = ""
    headers: list = field(default_factory=list)
    body: str | None = None
    expected: Expected | None = None
    of_peer: Expected | None = None

    def wanted(self, of_peer):
        return self.of_peer if of_peer and self.of_peer else self.expected


@dataclass
class Case:
    line: int
    name: str
    only: str = ""
    steps: list = field(default_factory=list)

    def applies(self, to_peer):
        return self.only in ("", "peer" if to_peer else "coffer")


@dataclass
class Table:
    path: Path
    server: str = "dev"
    cases: list = field(default_factory=list)


def read_table(path):
    table, case = Table(path), None
    for number, line in logical_lines(path.read_text()):
        try:
            if line.startswith("== "):
                case = Case(number, line[3:].strip())
                table.cases.append(case)
            elif case is None:
                table.server = re.fullmatch(r"server (dev|new)", line)[1]
            elif line.startswith("only "):
                case.only = line.split()[1]
            elif line.startswith(" "):
                read_expected(case.steps[-1], number, line.strip())
            else:
                case.steps.append(read_step(number, line))
        except Exception as failure:
            raise Broken(f"{path.name}:{number}: {line!r}: {failure!r}") from failure
    return table


def logical_lines(text):
    """Lines without comments and blanks; those indented deeper than two continue the one before."""
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("    "):
            lines[-1] = (lines[-1][0], lines[-1][1] + " " + line.strip())
        else:
            lines.append((number, line.rstrip()))
    return lines


def read_step(number, line):
    step = Step(number, line)
    if match := re.match(r"policy (\S+) (.+)$", line):
        step.method, step.path = "PUT", f"sys/policies/acl/{match[1]}"
        step.body = json.dumps({"policy": re.sub(r"} (?=path )", "}\n", match[2])})
        return step
    if match := re.match(r"token (\w+)((?: [\w.-]+)*)(?: (\{.*\}))?$", line):
        wish = {"policies": match[2].split()} if match[2] else {}
        step.keeps, step.method, step.path = [(match[1], "auth/client_token")], "POST", "auth/token/create"
        step.body = json.dumps(wish | json.loads(match[3] or "{}"))
        return step
    rest = line
    if match := re.match(r"((?:\w+(?:@\S+)? )+)= ", rest):
        for keep in match[1].split():
            name, _, pointer = keep.partition("@")
            step.keeps.append((name, pointer or "auth/client_token"))
        rest = rest[match.end():]
    if rest.startswith("until "):
        step.until, rest = True, rest[len("until "):]
    step.role, step.method, step.path, *more = rest.split(" ", 3)
    rest = more[0] if more else ""
    while match := re.match(r'([A-Za-z][\w-]*):("[^"]*"|\S*) ?', rest):
        step.headers.append((match[1], match[2].strip('"')))
        rest = rest[match.end():]
    step.body = rest or None
    return step


def read_expected(step, number, text):
    source, of_peer = text, text.startswith("peer ")
    text = text.removeprefix("peer ")
    status, _, rest = text.partition(" ")
    parts, decoder = {}, json.JSONDecoder()
    while rest := rest.strip():
        word, _, rest = rest.partition(" ")
        if word == "twice":
            parts[word] = True
        else:
            parts[word], end = decoder.raw_decode(rest)
            rest = rest[end:]
    expected = Expected(number, source, int(status) if status != "?" else 0, parts)
    if of_peer:
        step.of_peer = expected
    else:
        step.expected = expected

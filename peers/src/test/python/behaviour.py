#!/usr/bin/env python3
"""Asks a server what the tables in peers/src/test/behaviour ask and compares its answers with theirs.

    behaviour.py [--record] [AREA | AREA:WORD ...]

An AREA is a table's name, a WORD picks the cases whose name contains it. SERVER names the program that
serves: ./coffer (the default) or bao, from which the tables were taken. --record puts the server's
answer wherever a table has a `?`. How tables are written is said in peers/src/test/behaviour/README.md.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
TABLES = ROOT / "peers/src/test/behaviour"
SERVER = os.environ.get("SERVER", "./coffer")
IS_PEER = os.path.basename(SERVER) == "bao"
PATIENCE = 60  # seconds a server may take to start
EVENTUALLY = 20  # seconds until which an `until` has to come true
PAUSE = 0.02  # seconds between two looks of an `until`
ANSWER = 20  # seconds a server may take to answer
SHOWN = 1500  # characters of an answer that a failure shows
SLOW = 20  # seconds by which a time to live may have shrunk until it is shown

ENVELOPE = {"request_id": "<uuid>", "lease_id": "", "renewable": False, "lease_duration": 0,
            "data": None, "wrap_info": None, "warnings": None, "auth": None}

KINDS = {
    "any": r"(?s:.*)",
    "text": r"(?s:.+)",
    "token": r"s\.[A-Za-z0-9]{24,95}",
    "batch": r"b\.[A-Za-z0-9_-]{40,}",
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

# What many answers have in common. {"~": SHAPE, ...} stands for the shape with what is said besides;
# "-" lists keys of it that are not there.
SHAPES = {
    "token": {"client_token": "<token>", "accessor": "<accessor>", "policies": ["default"], "token_policies": None,
              "metadata": None, "lease_duration": 2764800, "renewable": True, "entity_id": "",
              "token_type": "service", "orphan": False, "mfa_requirement": None, "num_uses": 0},
    "shown": {"accessor": "<accessor>", "creation_time": "<int>", "creation_ttl": 2764800, "display_name": "token",
              "entity_id": "", "expire_time": "<time>", "explicit_max_ttl": 0, "id": "<token>",
              "issue_time": "<time>", "meta": None, "num_uses": 0, "orphan": False, "path": "auth/token/create",
              "policies": ["default"], "renewable": True, "ttl": "<~2764800>", "type": "service"},
    "mount": {"accessor": "kv_<hex>", "config": {"default_lease_ttl": 0, "force_no_cache": False, "max_lease_ttl": 0},
              "deprecation_status": "supported", "description": "", "external_entropy_access": False,
              "local": False, "options": {}, "plugin_version": "", "running_plugin_version": "<version>",
              "running_sha256": "", "seal_wrap": False, "type": "kv", "uuid": "<uuid>"},
}

OWN = {key: value for key, value in SHAPES["mount"].items() if key != "deprecation_status"} | {"options": None}
LOGIN = {"default_lease_ttl": 0, "force_no_cache": False, "max_lease_ttl": 0, "token_type": "default-service"}
SHAPES |= {
    "cubbyhole mount": OWN | {"accessor": "cubbyhole_<hex>", "description": "per-token private secret storage",
                              "local": True, "type": "cubbyhole"},
    "identity mount": OWN | {"accessor": "identity_<hex>", "description": "identity store", "type": "identity",
                             "config": OWN["config"] | {"passthrough_request_headers": ["Authorization"]}},
    "sys mount": OWN | {"accessor": "system_<hex>", "seal_wrap": True, "type": "system",
                        "description": "system endpoints used for control, policy and debugging",
                        "config": OWN["config"] | {"passthrough_request_headers": ["Accept"]}},
    "token mount": OWN | {"accessor": "auth_token_<hex>", "config": LOGIN, "type": "token",
                          "description": "token based credentials"},
    "secret mount": SHAPES["mount"] | {"description": "key/value secret storage", "options": {"version": "2"}},
    "login mount": SHAPES["mount"] | {"accessor": "auth_userpass_<hex>", "config": LOGIN, "type": "userpass"},
}


def shaped(value):
    """The value with its shapes laid out."""
    if isinstance(value, list):
        return [shaped(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    said = {key: shaped(inner) for key, inner in value.items() if key not in ("~", "-")}
    if "~" not in value:
        return said
    whole = SHAPES[value["~"]] | said
    if value["~"] == "token" and "token_policies" not in said:
        whole["token_policies"] = whole["policies"]
    return {key: inner for key, inner in whole.items() if key not in value.get("-", [])}


class Unlike(Exception):
    """An answer is not what the table says."""


class Broken(Exception):
    """A table can't be read, or a case couldn't be set up."""


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

    def wanted(self):
        return self.of_peer if IS_PEER and self.of_peer else self.expected


@dataclass
class Case:
    line: int
    name: str
    only: str = ""
    steps: list = field(default_factory=list)

    def applies(self):
        return self.only in ("", "peer" if IS_PEER else "coffer")


@dataclass
class Table:
    path: Path
    server: str = "dev"
    cases: list = field(default_factory=list)


# Reading a table.

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


# Comparing.

def fill(text, known):
    def value(match):
        if match[1] not in known:
            raise Broken(f"nothing was kept as {match[1]}")
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
    missing = [key for key in expected if key not in got and key != "..."]
    extra = [] if "..." in expected else [key for key in got if key not in expected]
    if missing or extra:
        raise Unlike(f"{where}: missing {missing}, not expected {extra}")
    for key, value in expected.items():
        if key != "...":
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


# Servers.

class Server:
    """A server in a process of its own on a free port: a dev server, or a new one, not initialised."""

    def __init__(self, kind):
        self.folder = tempfile.TemporaryDirectory()
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            other.bind(("127.0.0.1", 0))
            self.port, cluster = one.getsockname()[1], other.getsockname()[1]
        env = {name: value for name, value in os.environ.items() if not re.match(r"(VAULT|BAO)_", name)}
        env["HOME"] = self.folder.name if IS_PEER else env.get("HOME", self.folder.name)
        self.log = Path(self.folder.name) / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [SERVER, "server", *(self.dev() if kind == "dev" else self.new(cluster))],
                cwd=ROOT, env=env, stdout=log, stderr=log)
        self.wait_for(200 if kind == "dev" else 501)

    def dev(self):
        return ["-dev", "-dev-no-store-token", "-dev-root-token-id=root",
                f"-dev-listen-address=127.0.0.1:{self.port}"]

    def new(self, cluster):
        config = {
            "listener": {"tcp": {"address": f"127.0.0.1:{self.port}", "tls_disable": True}},
            "api_addr": f"http://127.0.0.1:{self.port}",
            "storage": {"inmem": {}},
        }
        if IS_PEER:
            config["listener"]["tcp"] |= {
                "cluster_address": f"127.0.0.1:{cluster}",
                "disable_unauthed_rekey_endpoints": False,
                "disable_unauthed_generate_root_endpoints": False,
            }
        path = Path(self.folder.name) / "server.json"
        path.write_text(json.dumps(config))
        return [f"-config={path}"]

    def wait_for(self, health):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                ready = "Root Token: " in self.log.read_text() or health != 200
                if ready and self.ask("GET", "/v1/sys/health", {}, None).status == health:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(PAUSE)
        raise Broken("the server didn't start:\n" + self.log.read_text()[-3000:])

    def ask(self, method, path, headers, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            sent = None if body is None else body.encode()
            if sent is not None:
                connection.putheader("Content-Length", str(len(sent)))
            elif method in ("POST", "PUT", "PATCH"):
                connection.putheader("Content-Length", "0")
            connection.endheaders(sent)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            return Answer(response.status, {n.lower(): v for n, v in response.getheaders()}, text)
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


# Running.

class Run:
    def __init__(self, recording):
        self.recording = recording
        self.passed = 0
        self.failed = 0
        self.recorded = {}

    def table(self, table, word):
        cases = [case for case in table.cases if case.applies() and word in case.name]
        server = Server("dev") if cases and table.server == "dev" else None
        try:
            for case in cases:
                own = server or Server("new")
                try:
                    self.case(table, case, own)
                finally:
                    if own is not server:
                        own.stop()
        finally:
            if server:
                server.stop()

    def case(self, table, case, server):
        known = {"root": "root"}
        for step in case.steps:
            try:
                self.step(table, step, server, known)
            except (Unlike, Broken, OSError, http.client.HTTPException) as failure:
                self.failed += 1
                print(f"FAILED {table.path.name}:{step.line}: {case.name}\n  {step.source}\n"
                      + textwrap.indent(str(failure), "  "), flush=True)
                return
        self.passed += 1

    def step(self, table, step, server, known):
        expected = step.wanted()
        end = time.monotonic() + EVENTUALLY
        while True:
            answer = self.ask(step, server, known)
            try:
                self.judge(table, expected, answer, known)
                break
            except Unlike as unlike:
                if not step.until or time.monotonic() > end:
                    wanted = f"expected {expected.source}\n" if expected else ""
                    raise Unlike(f"{wanted}got      {answer}\n{unlike}") from None
                time.sleep(PAUSE)
        for name, pointer in step.keeps:
            known[name] = kept(pointer, answer)

    def judge(self, table, expected, answer, known):
        if expected is None:
            if answer.status // 100 != 2:
                raise Unlike("a step of the set-up failed")
        elif expected.status == 0:
            if not self.recording:
                raise Unlike("the table doesn't say yet; --record fills it in")
            self.recorded[(table.path, expected.line)] = (expected, answer, dict(known))
        else:
            check(expected, answer, known)

    def ask(self, step, server, known):
        headers = {name: fill(value, known) for name, value in step.headers}
        if step.role.startswith("'"):
            headers["X-Vault-Token"] = step.role.strip("'")
        elif step.role != "none":
            headers["X-Vault-Token"] = fill("$" + step.role, known)
        path = fill(step.path, known)
        body = fill(step.body, in_json(known)) if step.body is not None else None
        return server.ask(step.method, path if path.startswith("/") else "/v1/" + path, headers, body)


def main(words):
    recording = "--record" in words
    wanted = [word for word in words if not word.startswith("--")]
    run = Run(recording)
    for path in sorted(TABLES.glob("*.txt")):
        picks = [word.partition(":")[2] for word in wanted if word.partition(":")[0] == path.stem]
        if picks or not wanted:
            run.table(read_table(path), picks[0] if picks else "")
    if recording:
        import behaviour_record
        behaviour_record.write(run.recorded)
    print(f"{run.passed} passed, {run.failed} failed")
    return 1 if run.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Broken as broken:
        sys.exit(str(broken))

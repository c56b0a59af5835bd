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
from pathlib import Path

import behaviour_record
from behaviour_compare import Answer, Unlike, check, fill, in_json, kept
from behaviour_tables import Broken, Unkept, read_table

ROOT = Path(__file__).resolve().parents[4]
TABLES = ROOT / "peers/src/test/behaviour"
SERVER = os.environ.get("SERVER", "./coffer")
IS_PEER = os.path.basename(SERVER) == "bao"
PATIENCE = 60  # seconds a server may take to start
EVENTUALLY = 20  # seconds until which an `until` has to come true
PAUSE = 0.02  # seconds between two looks of an `until`
ANSWER = 20  # seconds a server may take to answer


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


class Run:
    def __init__(self, recording):
        self.recording = recording
        self.passed = 0
        self.failed = 0
        self.recorded = {}

    def table(self, table, word):
        cases = [case for case in table.cases if case.applies(IS_PEER) and word in case.name]
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
        """Runs all of a case's steps, also behind one that failed, so that it cleans up behind itself."""
        known, failures = {"root": "root"}, 0
        for step in case.steps:
            try:
                self.step(table, step, server, known)
            except Unkept:
                failures += 1
            except (Unlike, Broken, OSError, http.client.HTTPException) as failure:
                failures += 1
                print(f"FAILED {table.path.name}:{step.line}: {case.name}\n  {step.source}\n"
                      + textwrap.indent(str(failure), "  "), flush=True)
        if failures:
            self.failed += 1
        else:
            self.passed += 1

    def step(self, table, step, server, known):
        expected = step.wanted(IS_PEER)
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
    tables = sorted(TABLES.glob("*.txt"))
    if unknown := {word.partition(":")[0] for word in wanted} - {path.stem for path in tables}:
        raise Broken(f"there is no table {', '.join(sorted(unknown))}")
    for path in tables:
        picks = [word.partition(":")[2] for word in wanted if word.partition(":")[0] == path.stem]
        if picks or not wanted:
            run.table(read_table(path), picks[0] if picks else "")
    if recording:
        behaviour_record.write(run.recorded)
    print(f"{run.passed} passed, {run.failed} failed")
    return 1 if run.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Broken as broken:
        sys.exit(str(broken))

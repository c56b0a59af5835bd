#!/usr/bin/env python3
"""Kills a durable server while it is being written to, again and again, and checks each time that
nothing it had answered is lost and nothing half-written is seen.

    kills.py [KILLS]      how often; 3 where no number is given, 100 for a good night's sleep

SERVER names the program that serves: ./coffer (the default) or bao. SEED repeats a run's choices.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
SERVER = os.environ.get("SERVER", "./coffer")
WRITERS = 6
FEWEST, MOST = 50, 600  # answers between two kills
PATIENCE = 60
CLEANED_UP = 15  # seconds that the clean-up of revoked tokens may take after a start


class Gone(Exception):
    """The server went away before it answered."""


class Api:
    """One connection to the server; any answer is (status, body)."""

    def __init__(self, port, token=""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.token = token

    def call(self, method, path, body=None, token=None):
        headers = {"X-Vault-Token": token or self.token}
        try:
            self.connection.request(method, "/v1/" + path, body and json.dumps(body), headers)
            response = self.connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as failure:
            self.connection.close()
            raise Gone() from failure
        return response.status, json.loads(text) if text else {}

    def must(self, method, path, body=None, token=None):
        status, answer = self.call(method, path, body, token)
        if status // 100 != 2:
            raise AssertionError(f"{method} {path}: {status} {answer}")
        return answer


class Server:
    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as probe, socket.socket() as cluster:
            probe.bind(("127.0.0.1", 0))
            cluster.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
            cluster_port = cluster.getsockname()[1]
        (folder / "store").mkdir()
        config = {
            "listener": {"tcp": {"address": f"127.0.0.1:{self.port}", "tls_disable": True}},
            "api_addr": f"http://127.0.0.1:{self.port}",
            "storage": {"rocksdb": {"path": str(folder / "store")}},
        }
        if SERVER.endswith("bao"):
            config["storage"] = {"raft": {"path": str(folder / "store"), "node_id": "one"}}
            config["cluster_addr"] = f"http://127.0.0.1:{cluster_port}"
        (folder / "server.json").write_text(json.dumps(config))

    def start(self):
        """Starts and waits until it listens."""
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen([SERVER, "server", f"-config={self.folder / 'server.json'}"],
                                            cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        self.until(lambda status, answer: status == 200, "sys/seal-status")

    def unseal(self, key):
        Api(self.port).must("PUT", "sys/unseal", {"key": key})
        self.until(lambda status, answer: status == 200, "sys/health")

    def until(self, good, path):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError("the server ended:\n" + (self.folder / "server.log").read_text()[-3000:])
            try:
                if good(*Api(self.port).call("GET", path)):
                    return
            except Gone:
                pass
            time.sleep(0.02)
        raise AssertionError(f"{path} never got well")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Answered:
    """All that the server has answered, and so must know for ever."""

    def __init__(self):
        self.lock = threading.Lock()
        self.count = 0
        self.secrets = {}   # path -> the last number written to it that was answered
        self.trying = {}    # path -> the last number sent
        self.tokens = {}    # token -> accessor
        self.revoked = set()
        self.unsure = set()  # tokens whose revocation was sent and not answered

    def one_more(self):
        with self.lock:
            self.count += 1


def write(api, answered, name, rounds):
    """A writer: secrets with rising numbers, tokens, and their revocation, until the server is gone."""
    chance = random.Random(f"{name}-{rounds}")
    mine = []
    try:
        while True:
            path = f"{name}/{chance.randrange(4)}"
            number = answered.trying.get(path, 0) + 1
            answered.trying[path] = number
            api.must("POST", f"secret/data/{path}", {"data": {"number": number, "again": str(number) * 20}})
            answered.secrets[path] = number
            answered.one_more()
            auth = api.must("POST", "auth/token/create", {"policies": ["default"], "ttl": "10h"})["auth"]
            answered.tokens[auth["client_token"]] = auth["accessor"]
            mine.append(auth["client_token"])
            answered.one_more()
            if chance.random() < 0.5:
                token = mine.pop(chance.randrange(len(mine)))
                answered.unsure.add(token)
                api.must("POST", "auth/token/revoke", {"token": token})
                answered.unsure.discard(token)
                answered.revoked.add(token)
                answered.one_more()
    except Gone:
        pass


def check(api, answered):
    for path, number in answered.secrets.items():
        data = api.must("GET", f"secret/data/{path}")["data"]
        found = data["data"]["number"]
        assert number <= found <= answered.trying[path], f"{path}: answered {number}, found {found}"
        assert data["data"]["again"] == str(found) * 20, f"{path} is half-written: {data}"
        current = api.must("GET", f"secret/metadata/{path}")["data"]["current_version"]
        assert current == data["metadata"]["version"], f"{path}: version {current} isn't there"
        answered.secrets[path] = answered.trying[path] = found
    for token, accessor in answered.tokens.items():
        status, answer = api.call("GET", "auth/token/lookup-self", token=token)
        if token in answered.revoked:
            assert status == 403, f"a revoked token works: {status}"
        elif token not in answered.unsure:
            assert status == 200, f"a token is lost: {status} {answer}"
            shown = api.must("POST", "auth/token/lookup-accessor", {"accessor": accessor})
            assert shown["data"]["accessor"] == accessor, shown
    end = time.monotonic() + CLEANED_UP
    while (lost := accessors_to_nowhere(api)) and time.monotonic() < end:
        time.sleep(0.1)
    assert not lost, f"{len(lost)} accessors lead nowhere"


def accessors_to_nowhere(api):
    """Accessors on the list without a token behind them: what a clean-up has yet to take away."""
    listed = api.must("LIST", "auth/token/accessors")["data"]["keys"]
    return [accessor for accessor in listed
            if api.call("POST", "auth/token/lookup-accessor", {"accessor": accessor})[0] != 200]


def forget_the_old(answered):
    """Keeps a check short: the dead have been seen dead, and the living a few times."""
    living = [token for token in answered.tokens if token not in answered.revoked | answered.unsure]
    answered.tokens = {token: answered.tokens[token] for token in living[-200:]}
    answered.revoked.clear()
    answered.unsure.clear()


def run(kills, seed):
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.start()
        try:
            api = Api(server.port)
            made = api.must("PUT", "sys/init", {"secret_shares": 1, "secret_threshold": 1})
            key, root = made["keys"][0], made["root_token"]
            server.unseal(key)
            api.token = root
            api.must("POST", "sys/mounts/secret", {"type": "kv", "options": {"version": "2"}})
            answered = Answered()
            for n in range(kills):
                limit = answered.count + chance.randint(FEWEST, MOST)
                writers = [threading.Thread(target=write, args=(Api(server.port, root), answered, f"w{w}", n))
                           for w in range(WRITERS)]
                for writer in writers:
                    writer.start()
                while answered.count < limit and any(writer.is_alive() for writer in writers):
                    time.sleep(0.001)
                server.kill()
                for writer in writers:
                    writer.join()
                server.start()
                server.unseal(key)
                check(Api(server.port, root), answered)
                forget_the_old(answered)
        finally:
            server.kill()
    print(f"{kills} kills, {answered.count} answers, nothing lost and nothing half-written (seed {seed})")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 3, int(os.environ.get("SEED", random.randrange(10**6))))

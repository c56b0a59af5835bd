#!/usr/bin/env python3
"""Tokens, from the first to the last, with hvac: the walk of tokens.sh for Python programs.

    examples/tokens.py [dev|durable]     both, where no word is given

SERVER names the program that serves: ./coffer (the default) or bao.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import hvac
from hvac.exceptions import Forbidden, InvalidRequest, VaultError

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("SERVER", "./coffer")


def walk(root, audit_log):
    make = root.auth.token.create

    print("2. A token makes a child of itself; with the parent go the child and the grandchild")
    parent = as_token(root, make())
    child = as_token(root, parent.auth.token.create())
    grandchild = as_token(root, child.auth.token.create())
    works(grandchild)
    root.auth.token.revoke(parent.token)
    dead(parent, child, grandchild)

    print("3. An orphan outlives whoever made it; only root, or sudo, may make one")
    parent = as_token(root, make())
    orphan = as_token(root, parent.auth.token.create_orphan())
    root.auth.token.revoke(parent.token)
    dead(parent)
    works(orphan)
    policy(root, "makers", {"path": {"auth/token/create": {"policy": "write"}}})
    maker = as_token(root, make(policies=["makers"]))
    refused(Forbidden, "permission denied", maker.auth.token.create_orphan)
    refused(VaultError, "root or sudo privileges required",
            lambda: maker.auth.token.create(no_parent=True))

    print("4. Metadata goes with the token, and into the audit log whenever it is used")
    labelled = as_token(root, make(meta={"team": "payments", "cost": "42"}))
    meta = root.auth.token.lookup(labelled.token)["data"]["meta"]
    same({"team": "payments", "cost": "42"}, meta)
    if audit_log:
        root.sys.enable_audit_device("file", options={"file_path": str(audit_log)})
        works(labelled)
        last = json.loads(audit_log.read_text().splitlines()[-1])
        same("payments", last["auth"]["metadata"]["team"])

    print("5. A token may do what its policies say and nothing else, and gives no more than it has")
    policy(root, "readers", {"path": {
        "secret/data/public": {"capabilities": ["read"]},
        "auth/token/create": {"capabilities": ["update"]},
    }})
    kv = root.secrets.kv.v2
    kv.create_or_update_secret("public", secret={"greeting": "hello"})
    kv.create_or_update_secret("private", secret={"answer": 42})
    reader = as_token(root, make(policies=["readers", "default"]))
    read = reader.secrets.kv.v2.read_secret_version
    same("hello", read("public", raise_on_deleted_version=True)["data"]["data"]["greeting"])
    refused(Forbidden, "permission denied", lambda: read("private", raise_on_deleted_version=True))
    refused(Forbidden, "permission denied",
            lambda: reader.secrets.kv.v2.create_or_update_secret("public", secret={"a": "b"}))
    refused(InvalidRequest, "child policies must be subset of parent",
            lambda: reader.auth.token.create(policies=["readers", "makers"]))
    works(as_token(root, reader.auth.token.create(policies=["readers", "default"])))

    print("6. A lease ends, and the token with it, and what it held")
    short = as_token(root, make(ttl="2s"))
    held = as_token(root, short.auth.token.create(ttl="1h"))
    accessor = held.auth.token.lookup_self()["data"]["accessor"]
    works(short)
    eventually(lambda: dead(short))
    dead(held)
    refused(VaultError, "invalid accessor", lambda: root.auth.token.lookup_accessor(accessor))

    print("7. Renewing keeps a token alive, up to its maximum; a periodic token for ever")
    kept = as_token(root, make(ttl="3s", explicit_max_ttl="1h", policies=["default"]))
    same(1800, root.auth.token.renew(kept.token, increment="30m")["auth"]["lease_duration"])
    same(2400, kept.auth.token.renew_self(increment="40m")["auth"]["lease_duration"])
    capped = root.auth.token.renew(kept.token, increment="5h")
    holds(any("capped accordingly" in warning for warning in capped["warnings"]), capped)
    holds(capped["auth"]["lease_duration"] <= 3600, capped)
    periodic = as_token(root, make(period="1h"))
    renewed = root.auth.token.renew(periodic.token, increment="5h")
    same(3600, renewed["auth"]["lease_duration"])
    same(3600, periodic.auth.token.lookup_self()["data"]["period"])

    print("8. Revoking: without the children, by accessor, by path; and looking up")
    parent = as_token(root, make())
    child = as_token(root, parent.auth.token.create())
    root.auth.token.revoke_and_orphan_children(parent.token)
    dead(parent)
    works(child)
    accessor = root.auth.token.lookup(child.token)["data"]["accessor"]
    same(accessor, root.auth.token.lookup_accessor(accessor)["data"]["accessor"])
    holds(accessor in root.auth.token.list_accessors()["data"]["keys"], accessor)
    root.auth.token.revoke_accessor(accessor)
    dead(child)
    root.sys.enable_auth_method("userpass")
    root.auth.userpass.create_or_update_user("alice", password="rabbit", policies=["readers"])
    alice = client(root.url)
    alice.auth.userpass.login("alice", "rabbit")
    works(alice)
    root.sys.revoke_prefix("auth/userpass/login/alice")
    dead(alice)
    last = as_token(root, make(policies=["default"]))
    last.auth.token.revoke_self()
    dead(last)
    return reader, last


def dev(work, port):
    print("1. A dev server tells its unseal key and its root token, and is ready")
    server = Server(work, port, "-dev", f"-dev-listen-address=127.0.0.1:{port}")
    eventually(lambda: server.told("Unseal Key"))
    root = client(server.url, eventually(lambda: server.told("Root Token")))
    works(root)
    refused(InvalidRequest, "cannot be disabled", lambda: root.sys.disable_auth_method("token"))
    walk(root, audit_log(work))
    server.stop()


def durable(work, port):
    print("1. A durable server is initialised once, and unsealed after each start")
    config = work / "server.json"
    config.write_text(json.dumps(configuration(work, port)))
    server = Server(work, port, f"-config={config}")
    root = client(server.url)
    made = root.sys.initialize(secret_shares=3, secret_threshold=2)
    root.token = made["root_token"]
    refused(VaultError, "sealed", root.auth.token.lookup_self)
    unseal(root, made)
    works(root)
    refused(InvalidRequest, "cannot be disabled", lambda: root.sys.disable_auth_method("token"))
    root.sys.enable_secrets_engine("kv", path="secret", options={"version": "2"})
    eventually(lambda: root.secrets.kv.v2.create_or_update_secret("first", secret={"a": "b"}))
    reader, last = walk(root, audit_log(work))

    print("9. What was answered is kept: a restart changes nothing")
    server.stop()
    server = Server(work, port, f"-config={config}")
    holds(root.sys.is_sealed(), "sealed after a start")
    unseal(root, made)
    works(reader)
    dead(last)
    server.stop()


class Server:
    """A server process on its own port; ends with the walk."""

    started = []

    def __init__(self, work, port, *flags):
        self.url = f"http://127.0.0.1:{port}"
        self.log = work / "server.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen([SERVER, "server", *flags], cwd=ROOT, stdout=log,
                                            stderr=subprocess.STDOUT, env={**os.environ, "HOME": str(work)})
        Server.started.append(self.process)
        eventually(self.answers, seconds=60)

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError("the server ended: " + self.log.read_text())
        client(self.url).sys.read_seal_status()

    def told(self, name):
        """What the server printed under a name."""
        line = re.search(rf"^{name}: (\S+)$", self.log.read_text(), re.M)
        holds(line, f"no {name} was printed")
        return line[1]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def configuration(work, port):
    config = {
        "listener": {"tcp": {"address": f"127.0.0.1:{port}", "tls_disable": True}},
        "api_addr": f"http://127.0.0.1:{port}",
        "storage": {"rocksdb": {"path": str(work / "store")}},
    }
    if SERVER.endswith("bao"):
        (work / "store").mkdir()
        config["storage"] = {"raft": {"path": str(work / "store"), "node_id": "one"}}
        config["cluster_addr"] = f"http://127.0.0.1:{free_port()}"
    return config


def audit_log(work):
    """Where the audit log goes; the other server takes audit devices from its configuration only."""
    return None if SERVER.endswith("bao") else work / "audit.log"


def unseal(root, made):
    root.sys.submit_unseal_keys([made["keys"][0], made["keys"][2]])
    eventually(lambda: holds(root.sys.read_health_status().status_code == 200, "unsealed"))


def client(url, token=""):
    # An empty token of ours, so that none of the environment is taken.
    return hvac.Client(url=url, token=token)


def as_token(root, answer):
    return client(root.url, answer["auth"]["client_token"])


def policy(root, name, rules):
    root.sys.create_or_update_policy(name, json.dumps(rules))


def works(caller):
    same(caller.token, caller.auth.token.lookup_self()["data"]["id"])


def dead(*callers):
    for caller in callers:
        refused(Forbidden, "permission denied", caller.auth.token.lookup_self)


def refused(kind, text, call):
    try:
        answer = call()
    except kind as refusal:
        holds(text in str(refusal), f"expected {text!r}, got {refusal}")
        return
    raise AssertionError(f"expected a refusal with {text!r}, got {answer}")


def same(expected, actual):
    holds(expected == actual, f"expected {expected!r}, got {actual!r}")


def holds(condition, otherwise):
    if not condition:
        raise AssertionError(otherwise)


def eventually(check, seconds=5):
    """Repeats a check until it holds or the time is up."""
    end = time.monotonic() + seconds
    while True:
        try:
            return check()
        except (AssertionError, VaultError, OSError) as failure:
            if time.monotonic() > end:
                raise failure
            time.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(modes):
    for name in ("VAULT_TOKEN", "VAULT_ADDR", "VAULT_NAMESPACE"):
        os.environ.pop(name, None)
    try:
        for mode in modes or ["dev", "durable"]:
            print(f"== {mode} server")
            with tempfile.TemporaryDirectory() as work:
                {"dev": dev, "durable": durable}[mode](Path(work), free_port())
    finally:
        for process in Server.started:
            process.kill()
    print("the walk is done")


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/env python3
"""What Python programs do with their secrets server, through hvac, on a dev server of their own.

SERVER names the program that serves: ./coffer (the default) or bao.
"""

import os
import re
import socket
import subprocess
import sys
import threading
import unittest
from pathlib import Path

import hvac
from hvac.exceptions import Forbidden, InvalidPath, InvalidRequest

ROOT = Path(__file__).resolve().parents[4]
SERVER = os.environ.get("SERVER", "./coffer")
PATIENCE = 60


class DevServer:
    """A dev server in a process of its own, on a free port."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [SERVER, "server", "-dev", "-dev-no-store-token", "-dev-root-token-id=root",
             f"-dev-listen-address=127.0.0.1:{port}"],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.printed = []
        self.ready = threading.Event()
        threading.Thread(target=self.follow, daemon=True).start()
        if not self.ready.wait(PATIENCE) or not self.is_ready():
            raise AssertionError("the server didn't start:\n" + "".join(self.printed))

    def follow(self):
        for line in self.process.stdout:
            self.printed.append(line)
            if self.is_ready():
                self.ready.set()
        self.ready.set()

    def is_ready(self):
        return any(line.startswith("Root Token: ") for line in self.printed)

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class Flow(unittest.TestCase):
    server = None

    @property
    def root(self):
        return self.as_token("root")

    def as_token(self, token):
        client = hvac.Client(url=self.server.url, token=token)
        self.addCleanup(client.adapter.close)
        return client

    def made(self, **wishes):
        return self.as_token(self.root.auth.token.create(**wishes)["auth"]["client_token"])

    def assert_dead(self, client):
        with self.assertRaisesRegex(Forbidden, "permission denied"):
            client.auth.token.lookup_self()


class Health(Flow):
    def test_the_server_says_that_it_is_well(self):
        self.assertEqual(200, self.root.sys.read_health_status(method="HEAD").status_code)
        health = self.root.sys.read_health_status(method="GET")
        self.assertTrue(health["initialized"])
        self.assertFalse(health["sealed"])
        self.assertFalse(health["standby"])

    def test_who_leads_and_how_it_is_sealed_can_be_asked(self):
        self.assertIn("ha_enabled", self.root.sys.read_leader_status())
        status = self.root.sys.read_seal_status()
        self.assertEqual("shamir", status["type"])
        self.assertEqual((1, 1), (status["t"], status["n"]))


class Tokens(Flow):
    def test_a_client_knows_whether_its_token_works(self):
        self.assertTrue(self.root.is_authenticated())
        self.assertFalse(self.as_token("nobody").is_authenticated())

    def test_a_token_is_used_up(self):
        twice = self.made(num_uses=2, policies=["default"])
        twice.auth.token.lookup_self()
        twice.auth.token.lookup_self()
        self.assert_dead(twice)

    def test_a_token_that_is_not_renewable_is_not_renewed(self):
        fixed = self.made(renewable=False, ttl="1h", policies=["default"])
        with self.assertRaisesRegex(InvalidRequest, "not renewable"):
            fixed.auth.token.renew_self()

    def test_an_accessor_shows_and_renews_and_revokes_but_is_no_token(self):
        token = self.made(ttl="1h", policies=["default"])
        accessor = token.auth.token.lookup_self()["data"]["accessor"]
        shown = self.root.auth.token.lookup_accessor(accessor)["data"]
        self.assertEqual("", shown["id"])
        self.assertEqual(["default"], shown["policies"])
        self.assertIn("auth", self.root.auth.token.renew_accessor(accessor, increment="2h"))
        self.assert_dead(self.as_token(accessor))
        self.root.auth.token.revoke_accessor(accessor)
        self.assert_dead(token)

    def test_a_token_says_what_it_may_do(self):
        token = self.made(policies=["default"])
        asked = token.sys.get_capabilities(paths=["auth/token/lookup-self", "secret/data/x"])
        self.assertEqual(["read"], asked["data"]["auth/token/lookup-self"])
        self.assertEqual(["deny"], asked["data"]["secret/data/x"])


class Secrets(Flow):
    def test_the_second_engine_keeps_versions(self):
        kv = self.root.secrets.kv.v2
        kv.create_or_update_secret("py/db", secret={"password": "one"})
        kv.create_or_update_secret("py/db", secret={"password": "two"}, cas=1)
        kv.patch("py/db", secret={"user": "app"})
        last = kv.read_secret_version("py/db", raise_on_deleted_version=True)["data"]
        self.assertEqual({"password": "two", "user": "app"}, last["data"])
        self.assertEqual(3, last["metadata"]["version"])
        with self.assertRaisesRegex(InvalidRequest, "check-and-set"):
            kv.create_or_update_secret("py/db", secret={}, cas=1)
        self.assertIn("db", kv.list_secrets("py")["data"]["keys"])

    def test_a_version_is_deleted_brought_back_and_destroyed(self):
        kv = self.root.secrets.kv.v2
        kv.create_or_update_secret("py/gone", secret={"a": 1})
        kv.delete_latest_version_of_secret("py/gone")
        with self.assertRaises(InvalidPath):
            kv.read_secret_version("py/gone", raise_on_deleted_version=True)
        kv.undelete_secret_versions("py/gone", versions=[1])
        kv.read_secret_version("py/gone", raise_on_deleted_version=True)
        kv.destroy_secret_versions("py/gone", versions=[1])
        self.assertTrue(kv.read_secret_metadata("py/gone")["data"]["versions"]["1"]["destroyed"])
        kv.delete_metadata_and_all_versions("py/gone")
        with self.assertRaises(InvalidPath):
            kv.read_secret_metadata("py/gone")

    def test_metadata_belongs_to_a_secret(self):
        kv = self.root.secrets.kv.v2
        kv.update_metadata("py/labelled", max_versions=2, custom_metadata={"team": "payments"})
        for n in range(3):
            kv.create_or_update_secret("py/labelled", secret={"n": n})
        metadata = kv.read_secret_metadata("py/labelled")["data"]
        self.assertEqual({"team": "payments"}, metadata["custom_metadata"])
        self.assertEqual(["2", "3"], sorted(metadata["versions"]))

    def test_the_first_engine_keeps_one(self):
        self.root.sys.enable_secrets_engine("kv", path="py1", options={"version": "1"})
        kv = self.root.secrets.kv.v1
        kv.create_or_update_secret("a/b", secret={"k": "v"}, mount_point="py1")
        self.assertEqual({"k": "v"}, kv.read_secret("a/b", mount_point="py1")["data"])
        self.assertEqual(["b"], kv.list_secrets("a", mount_point="py1")["data"]["keys"])
        kv.delete_secret("a/b", mount_point="py1")
        with self.assertRaises(InvalidPath):
            kv.read_secret("a/b", mount_point="py1")

    def test_the_cubbyhole_is_each_tokens_own(self):
        one, other = self.made(), self.made()
        one.write_data("cubbyhole/mine", data={"k": "v"})
        self.assertEqual({"k": "v"}, one.read("cubbyhole/mine")["data"])
        self.assertIsNone(other.read("cubbyhole/mine"))


class Mounts(Flow):
    def test_an_engine_is_mounted_tuned_moved_and_unmounted(self):
        sys_api = self.root.sys
        sys_api.enable_secrets_engine("kv", path="here", description="a place")
        sys_api.tune_mount_configuration("here", default_lease_ttl="1h", max_lease_ttl="2h")
        self.assertEqual(3600, sys_api.read_mount_configuration("here")["data"]["default_lease_ttl"])
        self.root.secrets.kv.v1.create_or_update_secret("k", secret={"a": "b"}, mount_point="here")
        sys_api.move_backend("here", "there")
        self.eventually(lambda: self.assertEqual(
            {"a": "b"}, self.root.secrets.kv.v1.read_secret("k", mount_point="there")["data"]))
        sys_api.disable_secrets_engine("there")
        self.assertNotIn("there/", sys_api.list_mounted_secrets_engines()["data"])

    def eventually(self, check):
        """Moving goes on behind the answer; a bounded number of looks, each a request long."""
        for _ in range(200):
            try:
                return check()
            except (InvalidPath, InvalidRequest):
                pass
        return check()

    def test_a_login_method_takes_its_logins_with_it(self):
        self.root.sys.enable_auth_method("userpass", path="brief")
        self.root.auth.userpass.create_or_update_user("bob", password="p", mount_point="brief")
        bob = self.as_token("")
        bob.auth.userpass.login("bob", "p", mount_point="brief")
        bob.auth.token.lookup_self()
        self.root.sys.disable_auth_method("brief")
        self.assert_dead(bob)

    def test_the_token_method_stays(self):
        with self.assertRaisesRegex(InvalidRequest, "cannot be disabled"):
            self.root.sys.disable_auth_method("token")


class Policies(Flow):
    RULES = 'path "secret/data/py/*" {\n  capabilities = ["read"]\n}\n'

    def test_a_policy_is_written_read_listed_and_deleted(self):
        sys_api = self.root.sys
        sys_api.create_or_update_policy("py", self.RULES)
        self.assertEqual(self.RULES, sys_api.read_policy("py")["data"]["rules"])
        self.assertIn("py", sys_api.list_policies()["data"]["policies"])
        sys_api.delete_policy("py")
        with self.assertRaises(InvalidPath):
            sys_api.read_policy("py")

    def test_a_policy_holds_at_once_for_tokens_there_are(self):
        self.root.secrets.kv.v2.create_or_update_secret("py/plan", secret={"a": "b"})
        reader = self.made(policies=["later"])
        read = reader.secrets.kv.v2.read_secret_version
        with self.assertRaises(Forbidden):
            read("py/plan", raise_on_deleted_version=True)
        self.root.sys.create_or_update_policy("later", self.RULES)
        read("py/plan", raise_on_deleted_version=True)
        with self.assertRaises(Forbidden):
            reader.secrets.kv.v2.create_or_update_secret("py/plan", secret={"a": "c"})

    def test_a_policy_that_is_none_is_refused(self):
        with self.assertRaises(InvalidRequest):
            self.root.sys.create_or_update_policy("broken", 'path "x" {')


class Wrapping(Flow):
    def test_an_answer_is_wrapped_looked_at_and_opened_once(self):
        token = self.root.auth.token.create(wrap_ttl="5m")["wrap_info"]["token"]
        looked = self.root.write("sys/wrapping/lookup", token=token)["data"]
        self.assertEqual(300, looked["creation_ttl"])
        opened = self.as_token(token).sys.unwrap()
        self.as_token(opened["auth"]["client_token"]).auth.token.lookup_self()
        with self.assertRaisesRegex(InvalidRequest, "wrapping token is not valid"):
            self.as_token(token).sys.unwrap()

    def test_what_one_has_is_wrapped_and_wrapped_again(self):
        wrapped = self.root.sys.wrap({"answer": 42}, ttl=60)["wrap_info"]["token"]
        rewrapped = self.root.write("sys/wrapping/rewrap", token=wrapped)["wrap_info"]["token"]
        with self.assertRaises(InvalidRequest):
            self.root.sys.unwrap(wrapped)
        self.assertEqual(42, self.root.sys.unwrap(rewrapped)["data"]["answer"])


class Logins(Flow):
    def setUp(self):
        methods = self.root.sys.list_auth_methods()["data"]
        if "userpass/" not in methods:
            self.root.sys.enable_auth_method("userpass")
        self.root.auth.userpass.create_or_update_user("alice", password="rabbit", policies="default")

    def login(self, password="rabbit"):
        alice = self.as_token("")
        alice.auth.userpass.login("alice", password)
        return alice

    def test_a_user_logs_in_with_the_right_password_only(self):
        shown = self.login().auth.token.lookup_self()["data"]
        self.assertEqual("userpass-alice", shown["display_name"])
        self.assertEqual({"username": "alice"}, shown["meta"])
        with self.assertRaisesRegex(InvalidRequest, "invalid username or password"):
            self.login("hare")

    def test_a_password_changes_and_a_user_goes(self):
        self.root.auth.userpass.update_password_on_user("alice", "queen")
        self.login("queen")
        self.assertEqual(["alice"], self.root.auth.userpass.list_user()["data"]["keys"])
        self.root.auth.userpass.delete_user("alice")
        with self.assertRaises(InvalidRequest):
            self.login("queen")

    def test_a_login_is_a_lease_that_can_be_listed_and_revoked(self):
        alice = self.login()
        listed = self.root.sys.list_leases(prefix="auth/userpass/login/alice")["data"]["keys"]
        self.assertTrue(listed)
        lease_id = f"auth/userpass/login/alice/{listed[0]}"
        self.assertEqual(lease_id, self.root.sys.read_lease(lease_id)["data"]["id"])
        self.root.sys.revoke_prefix("auth/userpass/login/alice")
        self.assert_dead(alice)


class Seal(unittest.TestCase):
    """Sealing ends what a server can do, so each of these has a server of its own."""

    def test_a_sealed_server_refuses_until_it_is_unsealed(self):
        server = DevServer()
        self.addCleanup(server.stop)
        key = re.search(r"^Unseal Key: (\S+)$", "".join(server.printed), re.M)[1]
        root = hvac.Client(url=server.url, token="root")
        root.secrets.kv.v2.create_or_update_secret("a", secret={"k": "v"})
        root.sys.seal()
        self.assertTrue(root.sys.is_sealed())
        self.assertEqual(503, root.sys.read_health_status().status_code)
        with self.assertRaisesRegex(hvac.exceptions.VaultDown, "sealed"):
            root.secrets.kv.v2.read_secret_version("a", raise_on_deleted_version=True)
        self.assertFalse(root.sys.submit_unseal_key(key)["sealed"])
        for _ in range(200):
            if root.sys.read_health_status().status_code == 200:
                break
        kept = root.secrets.kv.v2.read_secret_version("a", raise_on_deleted_version=True)
        self.assertEqual({"k": "v"}, kept["data"]["data"])


def setUpModule():
    for name in ("VAULT_TOKEN", "VAULT_ADDR", "VAULT_NAMESPACE"):
        os.environ.pop(name, None)
    Flow.server = DevServer()
    unittest.addModuleCleanup(Flow.server.stop)


if __name__ == "__main__":
    unittest.main(argv=sys.argv, verbosity=2)

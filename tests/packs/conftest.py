"""Packs that several tests read: each is built once a session, whichever worker asks first."""

import os

import pytest
from filelock import FileLock
from workbench import (
    LIVERPOOL,
    NORTHBOROUGH,
    REAL,
    ROOT,
    SEFTON,
    TRAFFORD,
    Checkout,
    commit,
    copied,
    elsewhere,
)


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """One folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def once(shared):
    """`once(name, make)`: call `make(folder)` if nobody has in this run; the folder either way."""

    def made(name, make):
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                folder.mkdir(parents=True)
                done.write_text(make(folder) or "")
        assert not done.read_text(), done.read_text()
        return folder

    return made


@pytest.fixture(scope="session")
def checkout(once, shared):
    """A still copy of the checkout that no test changes."""
    root = once("checkout", lambda folder: copied(ROOT, folder / "main")) / "main"
    built = (f"reports-{council}-{quarter}" for council, quarter in (LIVERPOOL, NORTHBOROUGH))
    return Checkout(root, tuple(shared / name for name in built))


@pytest.fixture
def own_checkout(checkout, tmp_path):
    """A copy of the checkout for one test to change."""
    copied(checkout.root, tmp_path / "main")
    return Checkout(tmp_path / "main", checkout.warm)


@pytest.fixture(scope="session")
def built(once, checkout):
    """`built(council, quarter)`: its first pack, as published."""

    def make(council, quarter, *more):
        def build(folder):
            told = checkout.peerpack("build", council, quarter, "--reports", folder, *more)
            return "" if told.returncode == 0 else f"exit {told.returncode}\n{told.stderr}"

        return once(f"reports-{council}-{quarter}", build) / council / quarter / "v001"

    return make


@pytest.fixture(scope="session")
def built_elsewhere(once, checkout):
    """`built_elsewhere(council, quarter)`: the same, from another place, by another user, later."""

    def place(folder):
        copied(checkout.root, folder / "main")
        commit(folder / "main")

    there = Checkout(once("another place é", place) / "main")

    def make(council, quarter):
        def build(folder):
            env = elsewhere(folder.parent / f"home-{council}")
            env["PYTHONPATH"] = f"{env['HOME']}:{there.root}/lib"
            told = there.peerpack(
                "build", council, quarter, "--reports", folder, env=env, umask=0o077
            )
            return "" if told.returncode == 0 else f"exit {told.returncode}\n{told.stderr}"

        return once(f"elsewhere-{council}", build) / council / quarter / "v001"

    return make


@pytest.fixture(scope="session")
def liverpool(built):
    return built(*LIVERPOOL)


@pytest.fixture(scope="session")
def northborough(built):
    return built(*NORTHBOROUGH)


@pytest.fixture(scope="session")
def sefton(built):
    return built(*SEFTON)


@pytest.fixture(scope="session")
def trafford(built):
    if not (REAL / "trafford").is_dir():
        pytest.skip(f"needs {REAL}, real returns that are not part of the project")
    return built(*TRAFFORD, "--data", REAL)

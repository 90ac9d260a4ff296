"""A server forks for its own user only, and only for what is exactly a request."""

import asyncio
import json
import os
import signal
import socket

import pytest
from forking import ENV, gone, started

from peerpack.kernels.client import Cold, fork
from peerpack.kernels.request import LONGEST, Refused, Request, parsed, parsed_signal

SOUND = {"arguments": ["-f", "k.json"], "env": {"A": "1"}, "cwd": "/", "umask": 18}
SHAPES = [
    b"",
    b"\x80\x04K\x01.",
    b"[]",
    b"[" * 100_000,
    b'{"signal": 9}',
    *(
        json.dumps(SOUND | each).encode()
        for each in (
            {"more": 1},
            {"arguments": "-f k.json"},
            {"arguments": [1]},
            {"arguments": ["a\0b"]},
            {"env": [["A", "1"]]},
            {"env": {"A": 1}},
            {"env": {"A=B": "1"}},
            {"env": {"": "1"}},
            {"env": {"A": "1\0"}},
            {"cwd": "here"},
            {"cwd": None},
            {"umask": True},
            {"umask": -1},
            {"umask": 0o1777},
            {"umask": "18"},
        )
    ),
]


def test_a_request_comes_back_as_it_was_sent():
    request = Request(("-f", "é"), {"A": "\udcff\n"}, "/a b", 0o27)
    assert parsed(request.to_line()) == request
    assert request.to_line().count(b"\n") == 1


@pytest.mark.parametrize("line", SHAPES)
def test_what_is_not_exactly_a_request_is_refused(line):
    with pytest.raises(Refused):
        parsed(line)


@pytest.mark.parametrize("line", [b"{}", b'{"signal": 0}', b'{"signal": "9"}', b'{"signal": true}'])
def test_what_is_not_exactly_a_signal_is_refused(line):
    with pytest.raises(Refused):
        parsed_signal(line)


def answer(server, data, fds=()):
    """What the server says to raw bytes before it hangs up; nothing, if it would not hear more."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(30)
        client.connect(str(server.socket))
        try:
            sent = socket.send_fds(client, [data], list(fds))
            if rest := data[sent:]:
                client.sendall(rest)
            return client.recv(1000)
        except ConnectionError:
            return b""


def test_hostile_bytes_are_refused_and_the_server_goes_on(server):
    line = json.dumps(SOUND).encode() + b"\n"
    fds = [1, 2]
    assert b"Not JSON" in answer(server, b"\x80\x04K\x01.\n")
    assert b"standard output and standard error" in answer(server, line)
    assert b"standard output and standard error" in answer(server, line, fds[:1])
    assert b"More than a request can be" in answer(server, line, [1] * 5)
    answer(server, b"[" * (LONGEST + 65537))
    assert "refused: More than a request can be." in server.said()[-1]
    assert b"not as when the libraries were loaded" in answer(server, line, fds)
    with started(server.env) as kernel:
        assert kernel.cold == ""


def test_a_client_that_says_half_a_request_keeps_nobody_waiting(server):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(server.socket))
        client.sendall(b'{"arguments": [')
        with started(server.env) as kernel:
            assert kernel.cold == ""


def test_a_signal_that_is_none_ends_the_lease(server):
    with started(server.env) as kernel:
        process = kernel.manager.provisioner.process
        process.send_signal(900)
        assert gone(process.pid)
        assert process.poll() == -signal.SIGKILL


def test_a_folder_that_others_may_enter_is_not_trusted(own_server):
    for mode in (0o755, 0o710, 0o770):
        own_server.folder.chmod(mode)
        assert why_cold(own_server) == "The server's folder is not this user's alone."
    own_server.folder.chmod(0o700)
    assert why_cold(own_server) == "Expected standard output and standard error."
    if os.getuid() == 0:  # only root can make it another user's
        os.chown(own_server.folder, 65534, 65534)
        assert why_cold(own_server) == "The server's folder is not this user's alone."


def why_cold(server):
    with pytest.raises(Cold) as refused:
        asyncio.run(fork(server.socket, Request(("-f", "k.json"), {}, "/", 0), []))
    return str(refused.value)


def told_as(user, path):
    """What a server tells a process of another user's."""
    here, there = os.pipe()
    if os.fork() == 0:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
        client = socket.socket(socket.AF_UNIX)
        client.connect(str(path))
        os.write(there, client.recv(1000))
        os._exit(0)
    os.close(there)
    with os.fdopen(here, "rb") as told:
        return json.loads(told.read())


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be another user")
def test_another_user_is_refused_even_where_the_folder_lets_it_in(own_server):
    own_server.folder.chmod(0o711)
    own_server.socket.chmod(0o777)
    assert told_as(65534, own_server.socket) == {"refused": "Another user."}


def test_an_environment_of_a_megabyte_is_a_request_like_any_other(server):
    with started(server.env, ENV | {f"N{n}": "x" * 1000 for n in range(1000)}) as kernel:
        assert kernel.cold == ""
        assert kernel.shows("import os; len(os.environ['N999'])") == 1000

"""A signature holds a pack, and a step of its review, to a person whom the council lists."""

import json
import shutil
from datetime import timedelta

import pytest
from reviewing import BOB, CAT, NOON, copied_pack, step
from workbench import run

from peerpack.errors import NotFound, PackTampered, ReviewRefused, UsageError
from peerpack.packs.review.lines import Line
from peerpack.packs.review.log import log_file, read, state_of
from peerpack.packs.review.standing import logs, quarterly, standing_of
from peerpack.packs.review.steps import Asked, take
from peerpack.packs.review.told import as_fields, standing_lines
from peerpack.packs.sign import sign
from peerpack.packs.signatures import LINE, signature_file, signature_of, signed
from peerpack.packs.versions import SUMS

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="needs ssh-keygen (Debian: openssh-client)"
)
NAMES = ("ann", "bob", "cat", "eve")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A key each, made for these tests; Eve's is on no list."""
    folder = tmp_path_factory.mktemp("keys")
    for name in NAMES:
        made = run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name])
        assert made.returncode == 0, made.stderr
    return {name: folder / name for name in NAMES}


@pytest.fixture
def pack(tmp_path):
    return copied_pack(tmp_path / "reports")


@pytest.fixture
def listed(keys, tmp_path):
    """A data root whose Liverpool lists Ann, Bob and Cat: `--data` of the council."""
    return root_listing(tmp_path, *(f"{name}@example.org {pub(keys[name])}" for name in NAMES[:3]))


def root_listing(tmp_path, *lines):
    root = tmp_path / "data"
    (root / "liverpool").mkdir(parents=True, exist_ok=True)
    text = "".join(f"{line}\n" for line in lines)
    (root / "liverpool" / "allowed_signers").write_text(text, encoding="utf-8")
    return root


def signers(root):
    return root / "liverpool" / "allowed_signers"


def pub(key):
    return key.with_suffix(".pub").read_text(encoding="utf-8").strip()


@pytest.fixture(scope="module")
def signed_review(keys, tmp_path_factory):
    """An approved pack, each step signed by its own person; tests copy its folder."""
    folder = tmp_path_factory.mktemp("signed")
    pack = copied_pack(folder / "reports")
    root = root_listing(folder, *(f"{n}@example.org {pub(keys[n])}" for n in NAMES[:3]))
    for name, who in (("submit", "ann"), ("review", "bob"), ("approve", "cat")):
        step(pack, name, key=keys[who], roots=[root])
    return pack


@pytest.fixture
def approved(signed_review, tmp_path):
    shutil.copytree(signed_review.parents[2], tmp_path / "reports")
    return tmp_path / "reports" / signed_review.relative_to(signed_review.parents[2])


# --- the pack


def test_a_pack_is_signed_beside_it_and_verify_names_the_signer(pack, keys, listed):
    before = sorted(pack.rglob("*"))
    assert sign(pack, keys["ann"], [listed]).principal == "ann@example.org"
    assert sorted(pack.rglob("*")) == before
    found = standing_of(pack, roots=[listed])
    assert any(line.startswith("signed by ann@example.org, key SHA256:")
               for line in standing_lines(found))  # fmt: skip
    assert as_fields(found)["signed_by"] == "ann@example.org"
    shown = (pack.parent / "index.html").read_text(encoding="utf-8")
    assert "ann@example.org</span>" in shown


def test_ssh_keygen_alone_agrees(pack, keys, listed):
    sign(pack, keys["ann"], [listed])
    words = ["ssh-keygen", "-Y", "verify", "-n", "peerpack", "-f", signers(listed)]
    with (pack / SUMS).open("rb") as sums:
        told = run([*words, "-I", "ann@example.org", "-s", signature_file(pack)], stdin=sums)
    assert 'Good "peerpack" signature for ann@example.org' in told.stdout


def test_a_pack_without_a_signature_is_said_to_have_none(pack):
    assert "not signed" in list(standing_lines(standing_of(pack)))


def test_a_reviewer_elsewhere_gives_the_list(pack, keys, listed, tmp_path):
    sign(pack, keys["ann"], [listed])
    there = shutil.copytree(pack, tmp_path / "mail" / "v001")
    shutil.copy(signature_file(pack), there.with_name("v001.sig"))
    assert standing_of(there, signers(listed)).signature.principal == "ann@example.org"
    found = standing_of(there)
    assert found.signature.principal == ""
    assert found.remarks == (
        "no list of allowed signers to hold the key against: give one with --signers",
    )


def test_a_list_that_is_not_there_is_said(pack, tmp_path):
    with pytest.raises(NotFound, match="--signers: there is no file nowhere"):
        standing_of(pack, tmp_path / "nowhere")


@pytest.fixture
def sig(pack, keys, listed):
    sign(pack, keys["ann"], [listed])
    return signature_file(pack)


def refused_signature(pack, root, match):
    with pytest.raises(PackTampered, match=match) as caught:
        standing_of(pack, roots=[root])
    assert caught.value.exit_code == 40


def test_a_signature_of_another_pack_or_for_another_purpose_is_refused(pack, sig, keys, listed):
    for data, namespace in ((b"other", "peerpack"), ((pack / SUMS).read_bytes(), "file")):
        sig.write_bytes(signed(data, keys["ann"], namespace))
        refused_signature(pack, listed, r"v001\.sig: signature is not of this pack")


def test_a_signature_flipped_by_a_bit_anywhere_is_refused(pack, sig, listed):
    whole = sig.read_bytes()
    for at in (0, 40, 100, 200, len(whole) - 40):
        sig.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        refused_signature(pack, listed, "signature is not of this pack|is no signature")


def test_a_key_that_is_not_listed_is_refused(pack, sig, keys, listed):
    sig.write_bytes(signed((pack / SUMS).read_bytes(), keys["eve"], "peerpack"))
    refused_signature(pack, listed, "key is not among the allowed signers")


def test_a_key_whose_time_has_passed_or_that_is_for_other_things_is_refused(
    pack, sig, keys, listed
):
    for option in ('valid-before="20200101"', 'namespaces="git"'):
        root_listing(listed.parent, f"ann@example.org {option} {pub(keys['ann'])}")
        refused_signature(pack, listed, "key is not among the allowed signers")


@pytest.mark.parametrize("text", [
    b"", b"signed, honestly", b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
    b"-----BEGIN SSH SIGNATURE-----\n====\n-----END SSH SIGNATURE-----\n", b"\xff" * 30_000,
])  # fmt: skip
def test_a_file_that_is_no_signature_is_refused(pack, listed, text):
    signature_file(pack).write_bytes(text)
    refused_signature(pack, listed, r"v001\.sig: signature file is no signature")


def test_a_signature_that_is_a_link_is_none(pack, sig, listed, tmp_path):
    sig.rename(tmp_path / "same bytes")
    sig.symlink_to(tmp_path / "same bytes")
    refused_signature(pack, listed, "signature file is no signature")


def test_a_changed_pack_is_refused_before_its_signature_is_looked_at(pack, sig, keys, listed):
    (pack / "evidence.csv").write_text("")
    with pytest.raises(PackTampered, match=r"evidence\.csv changed"):
        sign(pack, keys["ann"], [listed])


def test_the_page_says_that_a_signature_does_not_hold(pack, sig, keys, listed):
    sig.write_bytes(b"signed, honestly")
    step(pack, "withdraw", by=CAT, key=keys["cat"], roots=[listed])
    shown = (pack.parent / "index.html").read_text(encoding="utf-8")
    assert "Signature not accepted" in shown
    assert "signature file is no signature" in shown


def test_a_key_that_may_not_sign_writes_nothing(pack, keys, listed):
    with pytest.raises(ReviewRefused, match="not among the allowed signers of liverpool"):
        sign(pack, keys["eve"], [listed])
    assert not signature_file(pack).exists()


def test_a_signature_is_not_written_over(pack, sig, keys, listed):
    before = sig.read_bytes()
    with pytest.raises(ReviewRefused, match=r"v001\.sig stands already"):
        sign(pack, keys["bob"], [listed])
    assert sig.read_bytes() == before


def test_a_withdrawn_pack_is_not_signed(pack, keys):
    step(pack, "withdraw")
    with pytest.raises(ReviewRefused, match="v001 is withdrawn"):
        sign(pack, keys["ann"])


def test_what_is_no_key_is_said_and_no_line_of_it_is_shown(pack, keys, tmp_path):
    with pytest.raises(NotFound, match="there is no file nowhere"):
        sign(pack, tmp_path / "nowhere")
    spoilt = tmp_path / "spoilt"
    spoilt.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n")
    spoilt.chmod(0o600)
    with pytest.raises(ReviewRefused, match="ssh-keygen did not sign with spoilt") as caught:
        sign(pack, spoilt)
    assert "c2VjcmV0" not in str(caught.value)


def test_without_ssh_keygen_verify_says_so_and_no_step_is_signed(pack, sig, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    found = standing_of(pack)
    assert found.signature is None
    assert any("there is no ssh-keygen on this machine" in each for each in found.remarks)
    with pytest.raises(UsageError, match="there is no ssh-keygen on this machine"):
        signature_of(pack, None)


# --- the review


def test_signed_steps_hold_their_people(approved, listed):
    log = logs(quarterly(approved, [listed]))["v001"]
    assert log.state == "approved"
    assert len(set(log.keys)) == 3
    assert standing_of(approved, roots=[listed]).remarks == ()


def test_a_council_that_lists_signers_takes_no_unsigned_step(approved, listed):
    with pytest.raises(ReviewRefused, match="liverpool has allowed_signers: each step is signed"):
        step(approved, "withdraw", by=CAT, roots=[listed])


def test_nobody_signs_in_the_name_of_another(approved, keys, listed):
    for who in ("ann", "eve"):
        with pytest.raises(ReviewRefused, match="not among the allowed signers as cat@"):
            step(approved, "withdraw", by=CAT, key=keys[who], roots=[listed])


def test_one_key_under_two_names_is_one_person(pack, keys, tmp_path):
    root = root_listing(tmp_path, f"*@example.org {pub(keys['ann'])}")
    step(pack, "submit", key=keys["ann"], roots=[root])
    with pytest.raises(ReviewRefused, match="the same key is analyst in line 1"):
        step(pack, "review", by=BOB, key=keys["ann"], roots=[root])


def test_keys_tell_people_apart_without_a_list_too(pack, keys):
    step(pack, "submit", key=keys["ann"])
    with pytest.raises(ReviewRefused, match="the same key is analyst in line 1"):
        step(pack, "review", by=BOB, key=keys["ann"])
    assert step(pack, "review", by=BOB, key=keys["bob"]).state == "reviewed"


def forged(log, **fields):
    usual = {
        "previous": log.head, "at": "2024-07-03T00:00:00Z", "by": CAT, "role": "approver",
        "step": "withdraw", "state": "withdrawn", "reason": "Forged",
    }  # fmt: skip
    return Line(**(usual | fields))


@pytest.mark.parametrize(
    ("by_key", "match"),
    [
        (None, "line 4: it is not signed, and the council has allowed signers"),
        ("eve", "line 4: key is not among the allowed signers as cat@"),
        ("ann", "line 4: key is not among the allowed signers as cat@"),
    ],
)
def test_a_forged_line_is_named_with_the_reason(approved, keys, listed, by_key, match):
    line = forged(read(log_file(approved).read_bytes(), None, None))
    if by_key:
        signature = signed(line.to_sign(), keys[by_key], LINE).decode()
        line = line.model_copy(update={"signature": signature})
    with log_file(approved).open("ab") as file:
        file.write(line.written() + b"\n")
    refused_signature(approved, listed, match)


def test_a_signature_moved_to_another_line_or_taken_off_is_named(approved, keys, listed):
    lines = [json.loads(line) for line in log_file(approved).read_bytes().splitlines()]
    for signature, match in (
        (lines[1]["signature"], "line 3: signature is not of this line"),
        ("", "line 3: signature file is no signature|line 3: signature"),
        (None, "line 3: it is not signed"),
        (signed((approved / SUMS).read_bytes(), keys["cat"], "peerpack").decode(),
         "line 3: signature is not of this line"),
    ):  # fmt: skip
        said = {k: v for k, v in (lines[2] | {"signature": signature}).items() if v is not None}
        text = [*lines[:2], said]
        log_file(approved).write_bytes(
            b"".join(
                json.dumps(each, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
                + b"\n"
                for each in text
            )
        )
        refused_signature(approved, listed, match)


def test_a_whole_log_forged_without_keys_is_refused(pack, listed):
    for name in ("submit", "review", "approve"):
        step(pack, name)
    assert state_of(pack) == "approved"
    refused_signature(pack, listed, "line 1: it is not signed, and the council has allowed signers")


def test_a_person_who_left_still_stands_in_old_logs_and_takes_no_new_step(
    approved, keys, listed, tmp_path
):
    left = 'valid-before="20240703"'
    kept = (f"{name}@example.org {left} {pub(keys[name])}" for name in NAMES[:3])
    root_listing(tmp_path, *kept)
    assert standing_of(approved, roots=[listed]).log.state == "approved"
    with pytest.raises(ReviewRefused, match="key is not among the allowed signers"):
        step(approved, "withdraw", by=CAT, key=keys["cat"], roots=[listed], hour=48)


def test_a_step_is_not_dated_before_the_one_it_follows(approved, keys, listed):
    asked = Asked("withdraw", CAT, "Backdated", None, keys["cat"])
    with pytest.raises(ReviewRefused, match="is before that of the line before"):
        take(approved, asked, [listed], now=lambda: NOON - timedelta(days=1))


def test_approving_signs_both_lines_of_a_supersession(approved, keys, listed):
    second = copied_pack(approved.parents[2], "v002")
    for name, who in (("submit", "ann"), ("review", "bob"), ("approve", "cat")):
        step(second, name, key=keys[who], roots=[listed])
    found = logs(quarterly(second, [listed]))
    assert found["v001"].lines[-1].signature
    assert found["v001"].keys[-1] == found["v002"].keys[-1]


def test_no_private_key_reaches_any_file_beside_the_pack(approved, keys):
    secret = keys["cat"].read_text(encoding="utf-8").splitlines()[2]
    assert not any(
        secret.encode() in path.read_bytes() for path in approved.parent.iterdir() if path.is_file()
    )

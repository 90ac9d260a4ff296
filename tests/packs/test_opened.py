"""A pack on disk, opened: what it says of itself, and packs that are not what they say."""

import math

import pytest
from workbench import REFERENCE, laid

from peerpack.errors import NotFound, PackTampered, UsageError
from peerpack.packs.opened import every_version, find_pack, open_pack


def test_missing_text_is_empty_and_a_missing_number_is_no_number():
    row = open_pack(REFERENCE).row("L01")
    assert row["breakdown"] == ""
    assert math.isnan(row["target"])


def test_every_table_has_the_columns_of_the_contract_and_every_receipt_its_key():
    pack = open_pack(REFERENCE)
    assert set(pack.lineage["evidence_id"]) <= set(pack.evidence["evidence_id"])
    assert ("published_figures", "2024-25-Q1") in pack.receipts
    assert pack.receipts["published_figures", "2024-25-Q1"].rows_admitted > 0


def test_an_evidence_id_that_is_not_there_is_answered_with_those_that_come_near():
    with pytest.raises(NotFound, match=r"Did you mean .*L5"):
        open_pack(REFERENCE).row("L5")


@pytest.mark.parametrize("said", [{"council": "../liverpool"}, {"quarter": "2024-26-Q1"}])
def test_a_manifest_that_names_no_council_or_quarter_is_none_of_ours(tmp_path, said):
    pack = laid(tmp_path, "liverpool", "2024-25-Q1", manifest=said)
    with pytest.raises(PackTampered, match=r"manifest\.json is not one of ours"):
        open_pack(pack)


def test_a_pack_with_a_changed_byte_is_not_opened(tmp_path):
    pack = laid(tmp_path, "liverpool", "2024-25-Q1")
    (pack / "evidence.csv").write_text("evidence_id\n")
    with pytest.raises(PackTampered, match=r"evidence\.csv changed"):
        open_pack(pack)


def test_the_newest_quarter_and_its_newest_version_are_found_first(tmp_path):
    for quarter, version in (
        ("2023-24-Q4", "v009"),
        ("2024-25-Q1", "v002"),
        ("2024-25-Q1", "v010"),
    ):
        laid(tmp_path, "liverpool", quarter, version)
    found = find_pack(tmp_path, "L05")
    assert (str(found.quarter), found.version) == ("2024-25-Q1", "v010")
    assert [v.name for v in every_version(tmp_path)] == ["v009", "v002", "v010"]


def test_packs_of_two_councils_must_be_told_apart(tmp_path):
    for council in ("liverpool", "sefton"):
        laid(tmp_path, council, "2024-25-Q1")
    with pytest.raises(UsageError, match="liverpool, sefton hold it"):
        find_pack(tmp_path, "L05")
    assert find_pack(tmp_path, "L05", council="sefton").council == "sefton"


def test_no_pack_at_all_is_said(tmp_path):
    with pytest.raises(NotFound, match="No pack under"):
        find_pack(tmp_path, "KF99")

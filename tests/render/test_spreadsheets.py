"""The checklist of accessible spreadsheets, read back from both files by other means."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import peerpack
from peerpack.catalogue.models import Council
from peerpack.handover.evidence import REVISION_COLUMNS
from peerpack.handover.records import Finding
from peerpack.render.documents.book import LONGEST, sheet_names, text
from peerpack.render.documents.tables import NOTES
from peerpack.render.documents.workbook import made

HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+cmd()", "-1+cmd()", "@SUM(A1)", "\t=1+1", "\r=1+1",
    '=HYPERLINK("http://x.example","y")', "http://x.example/", "[y](http://x.example)",
    "[a](b) [c](d)", "$$note$$", "—", "<script>alert(1)</script>", "a\u202eb", "a\x00\x1bb", "עברית",
    "\ud800", "‮=1", "x" * 10_000, "😀" * 40_000,
)  # fmt: skip
IS_CELL = re.compile(r"[A-Z]{1,3}[0-9]+\Z|R[0-9]*C[0-9]*\Z", re.IGNORECASE)


@pytest.fixture(scope="module")
def files(module_draw):
    return made(module_draw)


def comparator(**said):
    usual = {
        "evidence_id": "KF01", "group": "neighbours", "version": "2024", "statistic": "median",
        "period": "2023-24", "value": 1.13, "n": 15, "missing": "Hull; Leeds",
    }  # fmt: skip
    return usual | said

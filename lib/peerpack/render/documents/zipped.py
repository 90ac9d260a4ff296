"""Zip archives whose bytes do not depend on when or by whom they were made."""

import io
import zipfile
from datetime import date

MIMETYPE = "mimetype"


def entry(name: str, day: date) -> zipfile.ZipInfo:
    """A compressed entry dated at the start of a day, as a file that all may read."""
    made = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    made.create_system = 3  # else it says on which system it was made
    made.external_attr = 0o100644 << 16
    return made


def rezipped(archive: bytes, day: date) -> bytes:
    """A docx, xlsx, odt or ods with its entries by name, all dated `day`.

    `mimetype` stays first and as it is: by that place readers know an OpenDocument file.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(target, "w") as sorted_,
    ):
        for name in sorted(source.namelist(), key=lambda name: (name != MIMETYPE, name)):
            made = entry(name, day)
            if name == MIMETYPE:
                made.compress_type = zipfile.ZIP_STORED
            sorted_.writestr(made, source.read(name))
    return target.getvalue()

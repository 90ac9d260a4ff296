"""Places in a sentence whose digits count nothing: sections, levels, Acts, telephones, ages."""

import re

_NAMED = (
    r"sections?|parts?|paragraphs?|paras?|appendix|appendices|annex(?:es)?|schedules?|tables?"
    r"|figures?|figs?\.?|charts?|chapters?|pages?|items?|refs?\.?|references?|nos?\.|levels?"
    r"|numbers?|phases?|tiers?|stages?|priorit(?:y|ies)|objectives?|recommendations?|pillars?"
    r"|themes?|strands?|bands?|grades?|scales?|points? (?=\d+\.\d)|key stages?|class(?:es)?"
    r"|categor(?:y|ies)|options?|versions?|windows|steps?|wards?|rooms?|floors?|units?|lots?"
    r"|blocks?|clauses?|articles?|regulations?|rules?|lines?|rows?|columns?|questions?|forms?"
    r"|footnotes?|notes?|junctions?|routes?|bus|zones?|iso|bs|act|ks|q|covid|p|pp|ss?\.?"
    r"|principles?|outcomes?|goals?|aims?|exhibits?|box|scenarios?|tranche|round|wave|type|minute"
    r"|spinal point|scp|year(?= (?:\d|1[0-3])\b(?! \w+ (?:ago|later|earlier)))"
    r"|(?:week|day|month|group|team|case|action)(?= \d+(?:[:.]| (?:of|in|was|is)\b))"
)
_FEW = "one|two|three|four|five|six|seven|eight|nine|ten"
_REFERENCE = r"\d+[A-Za-z]?(?:\.\d+)*(?:\([a-z0-9]+\))*"
_NO_MORE = r"(?![\d%]|,\d|\.\d|\s?%|\s?per ?cent|\s?percentage)"
_UNCOUNTED = (
    r"[\w.+-]+@[\w.-]+|\bhttps?://\S+|\bwww\.\S+",
    r"(?<![\d,.])(?:\+44\s?\(?0?\)?\s?|\(?0)\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}\b",
    rf"(?i)(?<![\w£'’])(?:{_NAMED})\s?{_REFERENCE}"
    rf"(?:\s?[-–/]\s?{_REFERENCE}(?![\d.]|\s?%))?{_NO_MORE}",
    rf"(?i)(?<![\w£'’])(?:(?:{_NAMED})(?<=s))\s{_REFERENCE}"
    rf"(?:(?:,| to| and| &| or|,? and)\s{_REFERENCE}(?![\d.]|\s?%|\s?per ?cent))+{_NO_MORE}",
    rf"(?i)(?<![\w])(?:{_NAMED})\s(?:{_FEW})\b",
    r"\b[A-Z]{1,5}[-/]?\d+[A-Za-z0-9/-]*\b|\b[a-z]\d+\b",
    r"\b\d+(?!K\b|FTE|PM\b|AM\b)[A-Z][A-Za-z]*\d*\b",
    r"(?i)\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|noon)\b|\b\d{1,2}:\d\d\b|\b24/7\b|\b9\s?-\s?5\b",
    r"\b\d+:\d+\b",
    r"(?i)\baged?\s+(?:(?:under|over|between)\s)?\d{1,2}(?:\s?(?:-|–|to|and)\s?\d{1,2})?(?:\+|\b)"
    r"|\bages?\s\d{1,2}(?:\s?(?:-|–|to)\s?\d{1,2})?\b",
    r"(?i)\b\d{1,2}\s?(?:(?:-|–|to|and)\s?\d{1,2}s?)?[- ](?:years?[- ])?olds?\b"
    r"|\b\d{1,2}\+\s?(?:population|year)|\b(?:under|over)[- ]\d{1,2}s\b|\b\d{1,2}0s\b"
    r"|\b[Vv]otes? at 1[68]\b",
    r"\b\d+(?:\.\d+){2,}\b(?!%)",
    r"\[\d+\]|(?<=\w)\(\d{1,2}\)",
    r"^\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+|^\s*\d{1,2}(?:\.\d{1,2})+\s+(?=[A-Z])(?!FTE)",
    r"(?:^|(?<=\|\s))\d{1,2}\.?(?=\s\|\s*[A-Za-z|])|(?<=\|\s)\d{1,2}\.(?=\s\|)|^\d{1,2}\.$",
    r"\b\d+(?:st|nd|rd|th)\b",
    r"(?i)\b(?:one|two|three)[- ](?:tier|way|fold|stop|star|bed|bedroom|line|course|pronged)\b"
    r"|\bone or two\b|\b(?:first|second|one|other) half\b",
    r"\b(?:Act|Regulations|Order)\s(?:19|20)\d\d\b",
    r"\b\d+(?:,? (?:and|&) \d+)? of the [A-Z][\w' ]+ (?:Act|Regulations)\b",
)
_PATTERNS = tuple(map(re.compile, _UNCOUNTED))
_LISTED = re.compile(r"(?<![\w.])\d{1,2}\)(?=\s)")


def uncounted(sentence: str) -> list[tuple[int, int]]:
    """The places in a sentence that hold digits or number words and count nothing."""
    named = [match.span() for pattern in _PATTERNS for match in pattern.finditer(sentence)]
    return named + [
        match.span() for match in _LISTED.finditer(sentence) if _balanced(sentence[: match.start()])
    ]


def _balanced(before: str) -> bool:
    """Whether no bracket is open: in `(up from 5) and` the 5 is no letter of a list."""
    return before.count("(") <= before.count(")")

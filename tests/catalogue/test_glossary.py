"""The glossary: each word once, plainly said, and nothing leads nowhere."""

import re

import pytest

from peerpack.catalogue.load import glossary, in_agreement
from peerpack.catalogue.models import Term
from peerpack.errors import StaleCorrection

STIFF = re.compile(
    r"\b(utili[sz]e|leverage|facilitate|pursuant|aforementioned|thereof|in order to|prior to|"
    r"subsequent|commence|methodolog|e\.g\.|i\.e\.|etc)",
    re.IGNORECASE,
)


def drawn(id_, **said):
    return Term(id=id_, **{"term": id_.capitalize(), "meaning": "A word."} | said)


def test_every_meaning_is_one_or_two_or_three_sentences_that_end_in_a_full_stop():
    wrong = [each.id for each in glossary() if not re.fullmatch(r"[^.]+(\..+)?\.", each.meaning)]
    long = [each.id for each in glossary() if len(re.findall(r"[.!?](?:\s|$)", each.meaning)) > 3]
    assert wrong == long == []


def test_every_meaning_reads_plainly():
    sentences = [
        (each.id, sentence)
        for each in glossary()
        for sentence in re.split(r"(?<=[.:])\s", each.meaning)
    ]
    assert [id_ for id_, sentence in sentences if len(sentence.split()) > 32] == []
    assert [id_ for id_, sentence in sentences if STIFF.search(sentence)] == []


def test_no_word_is_explained_by_itself_alone():
    own = [each.id for each in glossary() if each.meaning.casefold().startswith(each.term.casefold()
           + " is ")]  # fmt: skip
    assert own == []


def test_the_words_stand_in_order_and_each_id_is_made_of_its_word():
    terms = [each.term.casefold() for each in glossary()]
    assert terms == sorted(terms)
    made = {each.id: re.sub(r"[^a-z0-9]+", "-", each.term.lower().replace("'", "").replace("’", ""))
            for each in glossary()}  # fmt: skip
    assert {id_: slug for id_, slug in made.items() if id_ != slug.strip("-")} == {}


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([drawn("base"), drawn("base", term="Else")], "twice: base"),
        ([drawn("base"), drawn("bases", forms=("BASE",))], "twice: base"),
        ([drawn("base", see=("nowhere",))], r"base \(see nowhere\)"),
    ],
)
def test_a_word_that_stands_twice_or_leads_nowhere_is_refused(entries, told):
    with pytest.raises(StaleCorrection, match=told):
        in_agreement(entries)

"""Payees: of which class a payee is, and under which name, if any, it may be shown."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import pandas as pd

from peerpack.catalogue.models import PayeeRule, Payees

NOT_NAMED = "Payees not named here, who may be individuals"
_LAST_BRACKET = re.compile(r"\s*\([^()]*\)?\s*$")


def payee_classes(spend: pd.DataFrame, payees: Payees) -> pd.Series:
    """The class of the payee of each line, by the first rule that its name fits.

    A line without a payee has the class `not_given`; a name that fits no rule is `unmatched`.
    Source: `payee_classes.yml`, each rule with its reason.
    """
    return _of_each(spend["supplier"], _class_of(payees))


def payee_names(spend: pd.DataFrame, payees: Payees) -> pd.Series:
    """The name under which the payee of each line may be shown.

    Payees of a class that is not named stand under their class. Others are named up to a "trading
    as", a dash or a bracket at the end, after which a person may stand, and only if a rule of a
    class or a word of an organisation fits that part; the rest are `NOT_NAMED`. A name in large
    letters and in small is one name.
    """
    class_of = _class_of(payees)
    ends, signs = _words(payees.organisations.ends_at), _words(payees.organisations.words)
    classes = {each.payee_class: each.named for each in payees.classes}

    def shown(name: str) -> str:
        found = class_of(name)
        if found == payees.not_given or not classes.get(found, True):
            return found
        own = _LAST_BRACKET.sub("", ends.split(name)[0]).strip()
        return own if signs.search(own) or class_of(own) in classes else NOT_NAMED

    return _one_spelling(_of_each(spend["supplier"], shown))


def lines_fitting(spend: pd.DataFrame, rules: Sequence[PayeeRule]) -> pd.Series:
    """The id of the first rule that each line fits, missing where it fits none."""
    found = pd.Series(None, index=spend.index, dtype="str")
    for rule in rules:
        fits = _of_each(spend[rule.column], _fits(rule)).astype("bool")
        found = found.mask(found.isna() & fits, rule.id)
    return found


def _class_of(payees: Payees) -> Callable[[str], str]:
    rules = [(each.payee_class, _fits(rule)) for each in payees.classes for rule in each.rules]

    def class_of(name: str) -> str:
        fitting = (found for found, fits in rules if fits(name))
        return next(fitting, payees.unmatched) if name else payees.not_given

    return class_of


def _of_each(texts: pd.Series, judge: Callable[[str], object]) -> pd.Series:
    """The judgement of each text, each distinct one judged once; a missing text is an empty one."""
    filled = texts.fillna("")
    return filled.map({text: judge(" ".join(text.split())) for text in filled.unique()})


def _fits(rule: PayeeRule) -> Callable[[str], bool]:
    words, unless = _words(rule.words), _words(rule.unless)
    return lambda text: bool(words.search(text)) and not (rule.unless and unless.search(text))


@lru_cache
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of any of these as whole words; a star stands for the rest of a word."""
    ways = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)


def _one_spelling(names: pd.Series) -> pd.Series:
    """One spelling of names alike but for large and small letters: the first by the alphabet."""
    spelt: dict[str, str] = {}
    for name in sorted(names.unique()):
        spelt.setdefault(name.casefold(), name)
    return names.map({name: spelt[name.casefold()] for name in names.unique()})

"""Prose: a text as sentences with their quantities, days and claim words. Pure; opens nothing."""

from peerpack.prose.days import Day
from peerpack.prose.numbers import Quantity
from peerpack.prose.reading import Sentence, read
from peerpack.prose.words import ClaimWord, claim_words

__all__ = ["ClaimWord", "Day", "Quantity", "Sentence", "claim_words", "read"]

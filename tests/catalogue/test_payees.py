"""The classes of payees: each rule with a reason, and each name once."""

import pytest

from peerpack.catalogue.load import checked, payees
from peerpack.catalogue.models import Payees
from peerpack.errors import StaleCorrection

RULE = {"id": "rule", "words": ["word"], "why": "A reason."}
DRAWN = {
    "classes": [{"payee_class": "Tax", "rules": [RULE]}],
    "unmatched": "Suppliers", "not_given": "None given",
    "organisations": {"words": ["ltd"], "ends_at": ["t/a"], "why": "A reason."},
    "external_legal": [RULE | {"id": "legal"}],
}  # fmt: skip


def test_every_rule_has_a_reason_a_councillor_can_read():
    read = payees()
    rules = [rule for each in read.classes for rule in each.rules] + [*read.external_legal]
    assert [rule.id for rule in rules if len(rule.why.split()) < 5] == []


@pytest.mark.parametrize(
    "fault",
    [{"unmatched": "Tax"}, {"external_legal": [RULE]},
     {"classes": [{"payee_class": "Tax", "rules": []}]}],
)  # fmt: skip
def test_a_class_or_rule_of_one_name_twice_or_without_words_is_refused(fault):
    checked(Payees, DRAWN, "drawn.yml")
    with pytest.raises(StaleCorrection, match=r"drawn\.yml"):
        checked(Payees, DRAWN | fault, "drawn.yml")

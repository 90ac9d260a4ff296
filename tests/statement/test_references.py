"""References: what stands for each, what is refused, and that no value is read as markup."""

import pytest

REFERENCES = {
    "{{ KF17 }}": "[86%](KF17)",
    "{{KF17.display}}": "[86%](KF17)",
    "{{ KF17.value }}": "[86](KF17)",
    "{{ KF35.value }}": "[1,354,000](KF35)",
    "{{ KF17.comparator }}": "[93.2% (median of 15 neighbours, 2023-24)](KF17)",
    "{{ KF17.target }}": "[85.0%](KF17)",
    "{{ KR01.interval }}": "[42.3% to 49.3%](KR01)",
    "{{ KR01.base }}": "[977](KR01)",
    "{{ KF17.period }}": "[2023-24](KF17)",
    "{{ L20 }}": "[18](L20)",
    "{{ L20.stated }}": "[18](L20)",
    "{{ KF35/organisational_unit=NA }}": "[£54,000](KF35/organisational_unit=NA)",
    "{{ quarter }}": "2024-25-Q1",
    "{{ period }}": "April to June 2024",
    "{{ as_at }}": "1 July 2024",
    "{{ council }}": "Anytown *Council*",
    "{{ finding:savings }}": "£5m of savings were made. [[KF17]](KF17) [[KF35]](KF35)",
    "{{ finding:03/savings }}": "£5m of savings were made. [[KF17]](KF17) [[KF35]](KF35)",
    "{{ finding:collected }}": "<b>86%</b> is collected. [[KF17]](KF17)",
}


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_is_what_the_page_shows_and_leads_to_its_card(reference, read):
    assert read(f"It says {reference} here.") == f"It says {REFERENCES[reference]} here."


@pytest.mark.parametrize("part", ["", ".value", ".interval", ".comparator", ".target", ".base"])
def test_of_hidden_evidence_nothing_is_said(part, read):
    told = read(f"Legal lost {{{{ KW01/team=Legal{part} }}}}.")
    assert told == "Legal lost [[c] not shown: too few people](KW01/team=Legal)."


def test_a_cut_is_named_in_any_order_and_as_it_is_written(draw, read):
    twice = draw.row("KF01/service=Adult%20care&team=A%26E", 4.0, "4.0%", breakdown="service&team")
    pack = draw.pack(rows=(twice,))
    assert (
        read("{{ KF01/team=A%26E&service=Adult care }}", pack) == f"[4.0%]({twice['evidence_id']})"
    )


def test_the_findings_of_a_theme_are_a_list_and_a_theme_without_says_why(read):
    assert read("{{ findings:T4 }}") == [
        ["£5m of savings were made. [[KF17]](KF17) [[KF35]](KF35)"],
        ["<b>86%</b> is collected. [[KF17]](KF17)"],
    ]
    assert read("{{ theme:T2 }}") == "No evidence was supplied for this theme."
    assert read("{{ theme:T3 }}").startswith("Nothing is shown for this theme: what was supplied")
    assert read("{{ theme:T5 }}") == "No finding was made for this theme."


REFUSED = {
    "{{ KF71 }}": "no such evidence in this pack; near: KF17",
    "{{ KF17.lower }}": "KF17 has no 'lower'; there are display, value, comparator",
    "{{ KF35.target }}": "KF35 has no target in this pack",
    "{{ KF17.direction }}": "KF17 has no direction in this pack",
    "{{ KF35/organisational_unit=Parks }}": "near: KF35/organisational_unit=NA",
    "{{ finding:saving }}": "no finding of that name; near: savings",
    "{{ findings:T9 }}": "no such theme; the themes are T1, T2, T3, T4, T5",
    "So {{ findings:T4 }}": "a list of findings. Give it a paragraph of its own",
    "{{ }}": "no such evidence",
    "{{ KF17": "no whole reference. Write it on one line",
    "{{ KF17 }": "no whole reference",
    "KF17 }}": "no whole reference",
    "{{ KF17\n}}": "no whole reference",
    "{{ __class__ }}": "no such evidence",
    "{{ KF17.__class__ }}": "has no '__class__'",
    "{{ ../../secret }}": "no such evidence",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_reference_that_names_nothing_is_refused_with_what_comes_near(text, faults):
    told = faults(f"All is well.\n\n{text}")
    assert told
    assert all(line.startswith("  line 3: “") or "line 4" in line for line in told)
    assert REFUSED[text] in told[0]


def test_a_name_that_two_notebooks_give_asks_for_the_notebook(draw, faults, read):
    other = draw.findings[0].model_copy(update={"notebook": "09-are-there-more", "text": "More."})
    pack = draw.pack(findings=(*draw.findings, other))
    assert (
        "Write {{ finding:03/savings }} or {{ finding:09/savings }}"
        in faults("{{ finding:savings }}", pack)[0]
    )
    assert read("{{ finding:09/savings }}", pack).startswith("More.")


def test_every_fault_is_told_at_once_with_its_line(faults):
    told = faults("# About\n\n{{ KF71 }} and\n77% <b>and</b> it rose\n\n- {{ finding:none }}")
    assert [line[2:8] for line in told] == ["line 3", "line 4", "line 4", "line 4", "line 6"]

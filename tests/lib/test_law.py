import pytest

from sendguide.lib.law import LAWS, UnknownLaw, law_address


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("cfa", "https://www.legislation.gov.uk/ukpga/2014/6"),
        ("cfa/36", "https://www.legislation.gov.uk/ukpga/2014/6/section/36"),
        ("cfa/part/3", "https://www.legislation.gov.uk/ukpga/2014/6/part/3"),
        ("send-regs/13", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/13"),
        ("eqa/schedule/10", "https://www.legislation.gov.uk/ukpga/2010/15/schedule/10"),
        ("asl-scotland/2", "https://www.legislation.gov.uk/asp/2004/4/section/2"),
        ("hesc-rules/20", "https://www.legislation.gov.uk/uksi/2008/2699/article/20"),
        ("ca-1989/17ZD", "https://www.legislation.gov.uk/ukpga/1989/41/section/17ZD"),
        ("code", "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"),
        ("code/6.44", "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"),
        ("code/6", "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"),
    ],
)
def test_law_address_of_known_reference_is_the_revised_text(reference, address):
    assert law_address(reference) == address


@pytest.mark.parametrize(
    ("reference", "part_of_message"),
    [
        ("cfo/36", "“law:cfo/36” names no law we know. Did you mean cfa"),
        ("zzz/1", "“law:zzz/1” names no law we know. The names are "),
        ("cfa/366", "Children and Families Act 2014 has no section 366"),
        ("cfa/0", "“0” is not a section number"),
        ("cfa/36(8)", "“36(8)” is not a section number"),
        ("cfa/chapter/3", "write a number, schedule/NUMBER or part/NUMBER"),
        ("eqa/schedule/x", "“x” is not a schedule number"),
        ("code/six", "looks like 6 or 6.44"),
        ("", "“law:” names no law we know"),
    ],
)
def test_law_address_of_unknown_reference_says_what_is_wrong(reference, part_of_message):
    with pytest.raises(UnknownLaw) as error:
        law_address(reference)
    assert part_of_message in str(error.value)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_every_law_has_an_address_without_the_original_text(law):
    assert law.address.startswith("https://")
    assert not law.address.endswith(("/enacted", "/made"))

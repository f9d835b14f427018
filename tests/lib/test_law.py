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
        (
            "health-needs-guidance",
            "https://www.gov.uk/government/publications/education-for-children-with-health-needs-who-cannot-attend-school",
        ),
        (
            "restraint-regs",
            "https://www.legislation.gov.uk/uksi?title=Recording%20and%20Reporting%20of%20Seclusion%20and%20Restraint",
        ),
        ("penalty-notice-regs/4", "https://www.legislation.gov.uk/uksi/2007/1867/regulation/4"),
        ("special-school-regs", "https://www.legislation.gov.uk/uksi/2015/728"),
        ("ea-1997/42A", "https://www.legislation.gov.uk/ukpga/1997/44/section/42A"),
        ("childcare-payments-2014/19", "https://www.legislation.gov.uk/ukpga/2014/28/section/19"),
        ("mental-health-2025/4", "https://www.legislation.gov.uk/ukpga/2025/33/section/4"),
        ("health-visitor-regs/5A", "https://www.legislation.gov.uk/uksi/2013/351/regulation/5A"),
        ("health-professions/39", "https://www.legislation.gov.uk/uksi/2002/254/article/39"),
        ("senior-courts/31", "https://www.legislation.gov.uk/ukpga/1981/54/section/31"),
        ("crime-1998/39", "https://www.legislation.gov.uk/ukpga/1998/37/section/39"),
        ("tribunals-2007/schedule/2", "https://www.legislation.gov.uk/ukpga/2007/15/schedule/2"),
        ("children-scotland-1995/17", "https://www.legislation.gov.uk/ukpga/1995/36/section/17"),
        ("carers-scotland-2016/12", "https://www.legislation.gov.uk/asp/2016/9/section/12"),
        ("child-disability-payment-regs-scotland", "https://www.legislation.gov.uk/ssi/2021/174"),
        ("social-services-wales/74", "https://www.legislation.gov.uk/anaw/2014/4/section/74"),
        ("learner-travel-wales", "https://www.legislation.gov.uk/mwa/2008/2"),
        ("education-ni-2006/3", "https://www.legislation.gov.uk/nisi/2006/1915/article/3"),
        ("welfare-ni-2015", "https://www.legislation.gov.uk/nisi/2015/2006"),
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

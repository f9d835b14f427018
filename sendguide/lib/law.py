"""Law links: ``law:cfa/36`` in Markdown becomes the revised text on legislation.gov.uk.

One register for the whole site, so that an address changes in one place and a mistyped law is caught before a
parent sees it. Addresses without "/enacted" or "/made" show the latest revised version of the law.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

LEGISLATION = "https://www.legislation.gov.uk"
UNIT = re.compile(r"[1-9]\d{0,3}[A-Z]{0,4}")
CHAPTER_OR_PARAGRAPH = re.compile(r"[1-9]\d{0,2}|\d{1,2}\.\d{1,3}")


class UnknownLaw(ValueError):
    """The reference names no law that we know; the message says which, in words for staff."""


@dataclass(frozen=True, slots=True)
class Law:
    """One Act, set of regulations, or code.

    ``unit`` is what one numbered piece is called in the address ("section", "regulation", "article"), or "" when
    only the whole document can be linked. ``last`` is the highest plain number of a unit, so that section 366 for
    section 36 is refused.
    """

    title: str
    address: str
    unit: str = "section"
    last: int = 9999


def _act(title: str, path: str, last: int = 9999, unit: str = "section") -> Law:
    return Law(title, f"{LEGISLATION}/{path}", unit, last)


def _regulations(title: str, path: str, last: int = 9999) -> Law:
    return _act(title, path, last, unit="regulation")


def _guidance(title: str, address: str) -> Law:
    return Law(title, address, unit="")


LAWS: dict[str, Law] = {
    # England: special educational needs
    "cfa": _act("Children and Families Act 2014", "ukpga/2014/6", last=140),
    "send-regs": _regulations("Special Educational Needs and Disability Regulations 2014", "uksi/2014/1530", last=97),
    "personal-budget-regs": _regulations(
        "Special Educational Needs (Personal Budgets) Regulations 2014", "uksi/2014/1652", last=20
    ),
    "recommendations-regs": _regulations(
        "Special Educational Needs and Disability (First-tier Tribunal Recommendations Power) Regulations 2017",
        "uksi/2017/1306",
        last=20,
    ),
    "hesc-rules": _act(
        "Tribunal Procedure (First-tier Tribunal) (Health, Education and Social Care Chamber) Rules 2008",
        "uksi/2008/2699",
        last=60,
        unit="article",  # legislation.gov.uk files these rules under "article"
    ),
    "code": _guidance(
        "SEND Code of Practice: 0 to 25 years (January 2015)",
        "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25",
    ),
    "attendance-guidance": _guidance(
        "Working together to improve school attendance (Department for Education)",
        "https://www.gov.uk/government/publications/working-together-to-improve-school-attendance",
    ),
    "exclusion-guidance": _guidance(
        "Suspension and permanent exclusion guidance (Department for Education)",
        "https://www.gov.uk/government/publications/school-exclusion",
    ),
    "health-needs-guidance": _guidance(
        "Education for children with health needs who cannot attend school (Department for Education)",
        "https://www.gov.uk/government/publications/education-for-children-with-health-needs-who-cannot-attend-school",
    ),
    "eyfs": _guidance(
        "Early years foundation stage statutory framework",
        "https://www.gov.uk/government/publications/early-years-foundation-stage-framework--2",
    ),
    # Equality and information
    "eqa": _act("Equality Act 2010", "ukpga/2010/15", last=218),
    "dda": _act("Disability Discrimination Act 1995", "ukpga/1995/50", last=70),
    "data-protection": _act("Data Protection Act 2018", "ukpga/2018/12", last=215),
    "uk-gdpr": _act("UK General Data Protection Regulation", "eur/2016/679", last=99, unit="article"),
    "human-rights": _act("Human Rights Act 1998", "ukpga/1998/42", last=22),
    # England (and often Wales): schools, attendance, exclusion, transport
    "ea-1996": _act("Education Act 1996", "ukpga/1996/56", last=583),
    "ea-1997": _act("Education Act 1997", "ukpga/1997/44", last=58),
    "ea-2002": _act("Education Act 2002", "ukpga/2002/32", last=217),
    "eia-2006": _act("Education and Inspections Act 2006", "ukpga/2006/40", last=191),
    "esa-2008": _act("Education and Skills Act 2008", "ukpga/2008/25", last=173),
    "pupil-information-regs": _regulations(
        "Education (Pupil Information) (England) Regulations 2005", "uksi/2005/1437", last=20
    ),
    "pupil-registration-regs": _regulations(
        "School Attendance (Pupil Registration) (England) Regulations 2024", "uksi/2024/208", last=30
    ),
    "exclusion-regs": _regulations(
        "School Discipline (Pupil Exclusions and Reviews) (England) Regulations 2012", "uksi/2012/1033", last=40
    ),
    "independent-school-standards": _regulations(
        "Education (Independent School Standards) Regulations 2014", "uksi/2014/3283", last=20
    ),
    "teacher-qualification-regs": _regulations(
        "Education (School Teachers' Qualifications) (England) Regulations 2003", "uksi/2003/1662", last=20
    ),
    # We have not seen their number: this is the official list of regulations with these words in their title.
    "restraint-regs": _guidance(
        "Schools (Recording and Reporting of Seclusion and Restraint) (No. 2) (England) Regulations 2025",
        f"{LEGISLATION}/uksi?title=Recording%20and%20Reporting%20of%20Seclusion%20and%20Restraint",
    ),
    "penalty-notice-regs": _regulations(
        "Education (Penalty Notices) (England) Regulations 2007", "uksi/2007/1867", last=30
    ),
    "special-school-regs": _regulations(
        "Non-Maintained Special Schools (England) Regulations 2015", "uksi/2015/728", last=20
    ),
    "specified-work-regs": _regulations(
        "Education (Specified Work) (England) Regulations 2012", "uksi/2012/762", last=10
    ),
    "cwsa-2026": _act("Children's Wellbeing and Schools Act 2026", "ukpga/2026/21", last=80),
    "childcare-2006": _act("Childcare Act 2006", "ukpga/2006/21", last=111),
    "childcare-2016": _act("Childcare Act 2016", "ukpga/2016/5", last=20),
    "childcare-payments-2014": _act("Childcare Payments Act 2014", "ukpga/2014/28", last=75),
    "local-government-1974": _act("Local Government Act 1974", "ukpga/1974/7", last=43),
    # Social care, health, capacity
    "ca-1989": _act("Children Act 1989", "ukpga/1989/41", last=108),
    "ca-2004": _act("Children Act 2004", "ukpga/2004/31", last=69),
    "care-2014": _act("Care Act 2014", "ukpga/2014/23", last=129),
    "csdpa": _act("Chronically Sick and Disabled Persons Act 1970", "ukpga/1970/44", last=29),
    "short-breaks-regs": _regulations("Breaks for Carers of Disabled Children Regulations 2011", "uksi/2011/707", 10),
    "mca": _act("Mental Capacity Act 2005", "ukpga/2005/9", last=69),
    "nhs-2006": _act("National Health Service Act 2006", "ukpga/2006/41", last=278),
    "nhs-choice-regs": _regulations(
        "National Health Service Commissioning Board and Clinical Commissioning Groups (Responsibilities and "
        "Standing Rules) Regulations 2012",
        "uksi/2012/2996",
        last=60,
    ),
    "mental-health-1983": _act("Mental Health Act 1983", "ukpga/1983/20", last=149),
    "autism-2009": _act("Autism Act 2009", "ukpga/2009/15", last=6),
    "bsl-2022": _act("British Sign Language Act 2022", "ukpga/2022/34", last=5),
    "mental-health-2025": _act("Mental Health Act 2025", "ukpga/2025/33", last=60),
    "health-visitor-regs": _regulations(
        "Local Authorities (Public Health Functions and Entry to Premises by Local Healthwatch Representatives) "
        "Regulations 2013",
        "uksi/2013/351",
        last=20,
    ),
    "health-professions": _act("Health Professions Order 2001", "uksi/2002/254", last=48, unit="article"),
    # Courts
    "senior-courts": _act("Senior Courts Act 1981", "ukpga/1981/54", last=153),
    "crime-1998": _act("Crime and Disorder Act 1998", "ukpga/1998/37", last=121),
    "tribunals-2007": _act("Tribunals, Courts and Enforcement Act 2007", "ukpga/2007/15", last=149),
    # Money
    "benefits-1992": _act("Social Security Contributions and Benefits Act 1992", "ukpga/1992/4", last=177),
    "welfare-2012": _act("Welfare Reform Act 2012", "ukpga/2012/5", last=150),
    # Scotland
    "asl-scotland": _act("Education (Additional Support for Learning) (Scotland) Act 2004", "asp/2004/4", last=35),
    "csp-regs-scotland": _regulations(
        "Additional Support for Learning (Co-ordinated Support Plan) (Scotland) Amendment Regulations 2005",
        "ssi/2005/518",
        last=20,
    ),
    "csp-amendment-regs-scotland": _regulations(
        "Additional Support for Learning (Co-ordinated Support Plan) (Scotland) Amendment Regulations 2010",
        "ssi/2010/149",
        last=10,
    ),
    "agency-request-regs-scotland": _regulations(
        "Additional Support for Learning (Appropriate Agency Request Period and Exceptions) (Scotland) Regulations "
        "2005",
        "ssi/2005/264",
        last=10,
    ),
    "dispute-regs-scotland": _regulations(
        "Additional Support for Learning Dispute Resolution (Scotland) Regulations 2005", "ssi/2005/501", last=20
    ),
    "placing-request-regs-scotland": _regulations(
        "Additional Support for Learning (Placing Requests and Deemed Decisions) (Scotland) Regulations 2005",
        "ssi/2005/515",
        last=10,
    ),
    "education-scotland-1980": _act("Education (Scotland) Act 1980", "ukpga/1980/44", last=137),
    "standards-scotland-2000": _act("Standards in Scotland's Schools etc. Act 2000", "asp/2000/6", last=61),
    "cyp-scotland-2014": _act("Children and Young People (Scotland) Act 2014", "asp/2014/8", last=103),
    "uncrc-scotland-2024": _act(
        "United Nations Convention on the Rights of the Child (Incorporation) (Scotland) Act 2024", "asp/2024/1", 50
    ),
    "restraint-scotland-2026": _act("Restraint and Seclusion in Schools (Scotland) Act 2026", "asp/2026/19", last=20),
    "children-scotland-1995": _act("Children (Scotland) Act 1995", "ukpga/1995/36", last=105),
    "self-directed-support-scotland": _act(
        "Social Care (Self-directed Support) (Scotland) Act 2013", "asp/2013/1", last=29
    ),
    "bsl-scotland-2015": _act("British Sign Language (Scotland) Act 2015", "asp/2015/11", last=10),
    "carers-scotland-2016": _act("Carers (Scotland) Act 2016", "asp/2016/9", last=46),
    "health-scotland-2016": _act("Health (Tobacco, Nicotine etc. and Care) (Scotland) Act 2016", "asp/2016/14", 40),
    "child-disability-payment-regs-scotland": _regulations(
        "Disability Assistance for Children and Young People (Scotland) Regulations 2021", "ssi/2021/174", last=50
    ),
    "carer-support-payment-regs-scotland": _regulations(
        "Carer's Assistance (Carer Support Payment) (Scotland) Regulations 2023", "ssi/2023/302", last=60
    ),
    "code-scotland": _guidance(
        "Supporting Children's Learning: Code of Practice, third edition (2017)",
        "https://www.gov.scot/publications/supporting-childrens-learning-statutory-guidance-education-additional-"
        "support-learning-scotland/",
    ),
    # Wales
    "aln-wales": _act("Additional Learning Needs and Education Tribunal (Wales) Act 2018", "anaw/2018/2", last=101),
    "social-services-wales": _act("Social Services and Well-being (Wales) Act 2014", "anaw/2014/4", last=199),
    "learner-travel-wales": _act("Learner Travel (Wales) Measure 2008", "mwa/2008/2", last=29),
    "code-wales": _guidance(
        "Additional Learning Needs Code for Wales 2021", "https://www.gov.wales/additional-learning-needs-code"
    ),
    # Northern Ireland
    "education-ni-1996": _act("Education (Northern Ireland) Order 1996", "nisi/1996/274", last=50, unit="article"),
    "sendo-ni-2005": _act(
        "Special Educational Needs and Disability (Northern Ireland) Order 2005",
        "nisi/2005/1117",
        last=60,
        unit="article",
    ),
    "send-ni-2016": _act("Special Educational Needs and Disability Act (Northern Ireland) 2016", "nia/2016/8", last=20),
    "education-ni-1986": _act(
        "Education and Libraries (Northern Ireland) Order 1986", "nisi/1986/594", last=140, unit="article"
    ),
    "education-ni-1998": _act("Education (Northern Ireland) Order 1998", "nisi/1998/1759", last=95, unit="article"),
    "education-ni-2006": _act("Education (Northern Ireland) Order 2006", "nisi/2006/1915", last=50, unit="article"),
    "education-ni-2014": _act("Education Act (Northern Ireland) 2014", "nia/2014/12", last=10),
    "children-ni-1995": _act("Children (Northern Ireland) Order 1995", "nisi/1995/755", last=185, unit="article"),
    "carers-ni-2002": _act("Carers and Direct Payments Act (Northern Ireland) 2002", "nia/2002/6", last=15),
    "autism-ni-2011": _act("Autism Act (Northern Ireland) 2011", "nia/2011/27", last=8),
    "benefits-ni-1992": _act(
        "Social Security Contributions and Benefits (Northern Ireland) Act 1992", "ukpga/1992/7", last=173
    ),
    "welfare-ni-2015": _act("Welfare Reform (Northern Ireland) Order 2015", "nisi/2015/2006", 140, unit="article"),
    "sen-regs-ni-2005": _regulations(
        "Education (Special Educational Needs) Regulations (Northern Ireland) 2005", "nisr/2005/384", last=40
    ),
}


def law_address(reference: str) -> str:
    """The web address for ``cfa/36``, ``send-regs/5``, ``eqa/schedule/10``, ``cfa/part/3``, ``code/6.44`` or ``cfa``.

    Raises UnknownLaw with a sentence that names what is wrong.
    """
    key, _, place = reference.partition("/")
    law = LAWS.get(key)
    if law is None:
        raise UnknownLaw(f"“law:{reference}” names no law we know. {_suggestion(key)}")
    if not place:
        return law.address
    return _guidance_address(law, reference, place) if not law.unit else _piece_address(law, reference, place)


def _suggestion(key: str) -> str:
    if close := get_close_matches(key, LAWS, n=3, cutoff=0.5):
        return f"Did you mean {' or '.join(close)}?"
    return f"The names are {', '.join(sorted(LAWS))}."


def _guidance_address(law: Law, reference: str, place: str) -> str:
    # Codes are one document without addresses for their paragraphs: the number is checked, the link is the document.
    if CHAPTER_OR_PARAGRAPH.fullmatch(place):
        return law.address
    raise UnknownLaw(f"“law:{reference}”: a chapter or paragraph of {law.title} looks like 6 or 6.44.")


def _piece_address(law: Law, reference: str, place: str) -> str:
    kind, slash, number = place.rpartition("/")
    if slash and kind not in {"schedule", "part"}:
        raise UnknownLaw(f"“law:{reference}”: after {law.title} write a number, schedule/NUMBER or part/NUMBER.")
    if not UNIT.fullmatch(number):
        raise UnknownLaw(f"“law:{reference}”: “{number}” is not a {kind or law.unit} number of {law.title}.")
    if not kind and int(re.match(r"\d+", number).group()) > law.last:  # type: ignore[union-attr]
        raise UnknownLaw(f"“law:{reference}”: {law.title} has no {law.unit} {number}.")
    return f"{law.address}/{kind or law.unit}/{number}"

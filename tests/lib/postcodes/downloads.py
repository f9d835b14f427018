"""Small downloads in the layouts of OS Code-Point Open and the ONS Postcode Directory, made up."""

import zipfile
from pathlib import Path

HEADERS = "Doc/Code-Point_Open_Column_Headers.csv"
HEADER_ROWS = """PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC
Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_code,\
Admin_county_code,Admin_district_code,Admin_ward_code
"""
# Hull with one unit of the East Riding, a county with two districts, a post box without a council.
CODE_POINT = {
    HEADERS: HEADER_ROWS,
    "Data/CSV/hu.csv": """"HU5 1AA",10,0,0,"E92000001","","","","E06000010","E05000001"
"HU5 1AB",10,0,0,"E92000001","","","","E06000010","E05000001"
"HU5 1AD",10,0,0,"E92000001","","","","E06000011","E05000001"
"HU99 1AA",90,0,0,"","","","","",""
""",
    "Data/CSV/b.csv": """"B1  1AA",10,0,0,"E92000001","","","E10000031","E07000218","E05000001"
"B1  1AB",10,0,0,"E92000001","","","E10000031","E07000219","E05000001"
""",
}
OLD_ONS_HEADER = "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,ctry"
NEW_ONS_HEADER = "pcd7,pcd8,pcds,dointr,doterm,usrtypind,cty25cd,ced25cd,lad25cd,wd25cd,ctry25cd"


def old_ons(*rows: tuple[str, str, str, str]) -> str:
    """(postcode, terminated, county, council)"""
    lines = [f"{pc},{pc},{pc},198001,{end},{cty},x,{lad},x,x" for pc, end, cty, lad in rows]
    return "\n".join([OLD_ONS_HEADER, *lines, ""])


def new_ons(*rows: tuple[str, str, str, str]) -> str:
    lines = [f'"{pc}","{pc}","{pc}",198001,{end},0,{cty},x,{lad},x,x' for pc, end, cty, lad in rows]
    return "\n".join([NEW_ONS_HEADER, *lines, ""])


ONS_ROWS = (
    ("HU5 1AA", "", "E99999999", "E06000010"),
    ("HU5 1AB", "202501", "E99999999", "E06000010"),
    ("B1 1AA", "", "E10000031", "E07000218"),
    ("M1 1AA", "", "E11000001", "E08000003"),
    ("BT1 1AA", "", "N99999999", "N09000003"),
    ("EN77 1AA", "", "", ""),
    ("GY1 1AA", "", "L99999999", "L99999999"),
    ("GIR 0AA", "", "E99999999", "E08000014"),
)


def make_zip(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def make_folder(path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, "utf-8")
    return path

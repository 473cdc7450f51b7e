"""A municipality is one, whatever it is called by: its number, its name, with or without *Kommune*, with or without æ, ø and å."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import combining, normalize

_NUMBERED = """
101 København, 147 Frederiksberg, 151 Ballerup, 153 Brøndby, 155 Dragør, 157 Gentofte, 159 Gladsaxe, 161 Glostrup, 163 Herlev,
165 Albertslund, 167 Hvidovre, 169 Høje-Taastrup, 173 Lyngby-Taarbæk, 175 Rødovre, 183 Ishøj, 185 Tårnby, 187 Vallensbæk, 190 Furesø,
201 Allerød, 210 Fredensborg, 217 Helsingør, 219 Hillerød, 223 Hørsholm, 230 Rudersdal, 240 Egedal, 250 Frederikssund, 253 Greve,
259 Køge, 260 Halsnæs, 265 Roskilde, 269 Solrød, 270 Gribskov, 306 Odsherred, 316 Holbæk, 320 Faxe, 326 Kalundborg, 329 Ringsted,
330 Slagelse, 336 Stevns, 340 Sorø, 350 Lejre, 360 Lolland, 370 Næstved, 376 Guldborgsund, 390 Vordingborg, 400 Bornholm,
410 Middelfart, 411 Christiansø, 420 Assens, 430 Faaborg-Midtfyn, 440 Kerteminde, 450 Nyborg, 461 Odense, 479 Svendborg, 480 Nordfyns,
482 Langeland, 492 Ærø, 510 Haderslev, 530 Billund, 540 Sønderborg, 550 Tønder, 561 Esbjerg, 563 Fanø, 573 Varde, 575 Vejen,
580 Aabenraa, 607 Fredericia, 615 Horsens, 621 Kolding, 630 Vejle, 657 Herning, 661 Holstebro, 665 Lemvig, 671 Struer, 706 Syddjurs,
707 Norddjurs, 710 Favrskov, 727 Odder, 730 Randers, 740 Silkeborg, 741 Samsø, 746 Skanderborg, 751 Aarhus, 756 Ikast-Brande,
760 Ringkøbing-Skjern, 766 Hedensted, 773 Morsø, 779 Skive, 787 Thisted, 791 Viborg, 810 Brønderslev, 813 Frederikshavn,
820 Vesthimmerlands, 825 Læsø, 840 Rebild, 846 Mariagerfjord, 849 Jammerbugt, 851 Aalborg, 860 Hjørring
"""
"""The ninety-eight, and Christiansø, as the registers of the state number them (Danmarks Statistik, *Kommuner*; unchanged since 2007)."""

_KOMMUNE = re.compile(r"\b(?:regions)?kommunes?\b")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y"})
_BETWEEN = re.compile(r"[^a-z0-9]+")


def _plain(name: str) -> str:
    letters = normalize("NFKD", _KOMMUNE.sub(" ", normalize("NFC", name).casefold()).translate(_LETTERS))
    return _BETWEEN.sub("_", "".join(letter for letter in letters if not combining(letter))).strip("_")


NUMBERED: Mapping[int, str] = {
    int(number): _plain(name) for number, name in (one.strip().split(" ", 1) for one in _NUMBERED.split(",") if one.strip())
}
"""What the number of each stands for."""
_KNOWN = frozenset(NUMBERED.values())
_SHORT = {"kbh": "koebenhavn", "kbhvn": "koebenhavn"}
_BOTH = re.compile(r"0*(?P<first>\d{1,4})_(?P<name>\D.*)|(?P<named>.*\D)_0*(?P<last>\d{1,4})")


@lru_cache(maxsize=1000)
def municipality_code(name: str) -> str:
    """The one code of a municipality, whatever it is called by: `0751`, `Århus Kommune` and `aarhus` are `aarhus`.

    One that is not among the ninety-eight has the code that its name makes, spelled as a procedure names its municipalities; a text without
    letters and digits stays as it is. Number and name together are one where they say the same.
    """
    plain = _plain(name)
    if plain.isdigit():
        return NUMBERED.get(int(plain), plain) if len(plain) <= 4 else plain
    if both := _number_and_name(plain):
        numbered, named = both
        return named if named == numbered else plain
    plain = _SHORT.get(plain, plain)
    owned = (plain, plain.removesuffix("s"), f"{plain}s")  # Københavns Kommune, Nordfyn
    return next((code for code in owned if code in _KNOWN), plain) or name


def is_two_municipalities(name: str) -> bool:
    """Whether number and name stand together and are not the same municipality: `751 Odense`."""
    numbered, named = _number_and_name(_plain(name)) or (None, "")
    return numbered is not None and numbered != named


def _number_and_name(plain: str) -> tuple[str | None, str] | None:
    """What the number and the name of a text stand for, where it has both; a number that is none of them stands for nothing."""
    both = _BOTH.fullmatch(plain)
    return (NUMBERED.get(int(both["first"] or both["last"])), municipality_code(both["name"] or both["named"])) if both else None

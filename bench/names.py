"""People with the names of the canton: Swiss, Portuguese, Balkan, Arabic, Turkish, Eritrean; and their misspellings. Seeded."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

GIVEN = {
    "swiss": "Anne-Lise Marie Jean-Pierre Bernadette Christophe Françoise Céline André Benoît Hélène Joëlle Frédéric Hans-Peter"
    " Verena Beat Urs Ruth Käthi Jürg Björn Xaver Ignaz Odette Raphaël Mélanie Nathalie Sébastien Thérèse Gaëlle Rémy",
    "portuguese": "Maria João José Ana António Manuel Fátima Luís Conceição Joaquim Inês Tiago Rui Sónia Vítor Glória Patrícia"
    " Simão Álvaro Lúcia",
    "balkan": "Dragan Jovana Milica Nikola Aleksandar Zoran Snežana Željko Ljiljana Đorđe Arben Besnik Shpresa Fatmir Valdete"
    " Xhevahire Blerim Amela Emina Senad",
    "arabic": "Mohamed Mohammed Ahmed Ali Hassan Hussein Fatima Aisha Khadija Youssef Omar Mustafa Ibrahim Abdelrahman Khaled"
    " Maryam Zainab Samir Nour Rachid",
    "turkish": "Mehmet Ayşe Emine Hüseyin Çiğdem Gökhan Şükrü Özlem Yusuf Zeynep Rojda Berivan",
    "eritrean": "Yohannes Tesfay Selam Mehret Filmon Haile Abraham Saba Tsegay Bereket Mulugeta Hiwet",
}
FAMILY = {
    "swiss": "Délèze Favre Fournier Bonvin Rey Zufferey Métrailler Müller Schmid Imhof Zenhäusern Bärtschi Wyss Fux Ruppen"
    " Theytaz Crettenand Carron Dubuis Pralong Epiney Salamin Mabillard Kalbermatten Lötscher Grütter Jäger Bayard Rossier"
    " Bruttin Vuignier Gaspoz Moix Dayer Sierro Follonier Evéquoz Constantin Barras Cordonier",
    "portuguese": "da_Silva dos_Santos Ferreira Pereira Oliveira Rodrigues Gonçalves Magalhães Conceição Teixeira de_Sousa"
    " Araújo Simões Guimarães Fernandes Nunes Carvalho Lopes Marques Coelho",
    "balkan": "Jovanović Petrović Nikolić Hadžić Đorđević Krasniqi Berisha Gashi Hoxha Shala Bytyqi Kovačević Milošević"
    " Marković Živković Stojanović Xhaka Qerimi Rexhepi Ibrahimović",
    "arabic": "Al_Ali El_Hassan Ben_Ali Haddad Khalil Mansour Al-Hussaini Benali Bouazizi Saleh Hamdan Najjar Othman Rahmani"
    " Ahmadi Chérif Zidane Cherkaoui Barakat Darwish",
    "turkish": "Yılmaz Öztürk Şahin Çelik Kılıç Yıldız Aydın Demir Kaya Doğan Bozkurt Güneş",
    "eritrean": "Tesfamariam Ghebremedhin Kidane Woldemichael Tekle Habtemariam Berhane Okbay Zerai Negash Araya Weldu",
}
WEIGHTS = {"swiss": 40, "portuguese": 22, "balkan": 14, "arabic": 12, "turkish": 6, "eritrean": 6}
SYLLABLES = "ba be bo da de fo ga gi ka lo ma mi na no pe ra ri sa so ta ti va ve zo cha fri ller gner rand stein"
ARABIC = {
    "Mohamed": "محمد", "Mohammed": "محمد", "Ahmed": "أحمد", "Ali": "علي", "Hassan": "حسن", "Hussein": "حسين",
    "Fatima": "فاطمة", "Aisha": "عائشة", "Khadija": "خديجة", "Youssef": "يوسف", "Omar": "عمر", "Mustafa": "مصطفى",
    "Ibrahim": "إبراهيم", "Abdelrahman": "عبد الرحمن", "Khaled": "خالد", "Maryam": "مريم", "Zainab": "زينب",
    "Samir": "سمير", "Nour": "نور", "Rachid": "رشيد", "Al Ali": "العلي", "El Hassan": "الحسن", "Ben Ali": "بن علي",
    "Haddad": "حداد", "Khalil": "خليل", "Mansour": "منصور", "Al-Hussaini": "الحسيني", "Saleh": "صالح",
    "Hamdan": "حمدان", "Najjar": "نجار", "Rahmani": "رحماني", "Ahmadi": "أحمدي", "Darwish": "درويش", "Barakat": "بركات",
}  # fmt: skip
SPELLINGS = (
    *(
        ("mm", "m"),
        ("oham", "uham"),
        ("ss", "s"),
        ("ou", "u"),
        ("sh", "ch"),
        ("kh", "ch"),
        ("ü", "ue"),
        ("ö", "oe"),
        ("ä", "ae"),
    ),
    *(
        ("ić", "ic"),
        ("ić", "itch"),
        ("ph", "f"),
        ("ç", "ss"),
        ("Al ", "El "),
        ("Al-", "El "),
        ("y", "i"),
        ("w", "v"),
        ("th", "t"),
    ),
    *(
        ("Đ", "Dj"),
        ("dž", "dz"),
        ("š", "sch"),
        ("ž", "z"),
        ("Abdel", "Abdul "),
        ("ck", "k"),
        ("oo", "u"),
        ("da ", "Da"),
    ),
)

Person = tuple[str, str | None, date]
"""Name, Latin spelling of it where the name is in another script, birth date."""


def people(count: int, seed: int = 8) -> list[Person]:
    """That many people; a third of the family names are made up, as a long tail of rare ones."""
    random = Random(seed)  # noqa: S311 - a bench
    return [_person(random) for _ in range(count)]


def misspelled(name: str, random: Random) -> dict[str, str]:
    """The kinds of misspelling of a name, each where it changes something."""
    words = name.split(" ")
    found = {
        "accents dropped": _plain(name),
        "parts turned": " ".join(words[1:] + words[:1]),
        "two letters swapped": _at(name, random, lambda text, at: text[:at] + text[at + 1] + text[at] + text[at + 2 :]),
        "one letter missing": _at(name, random, lambda text, at: text[:at] + text[at + 1 :]),
        "one letter wrong": _at(name, random, lambda text, at: text[:at] + random.choice("aeinrst") + text[at + 1 :]),
        "other spelling": _otherwise(name, random),
        "one part only": max(words, key=len),
    }
    return {kind: typed for kind, typed in found.items() if typed.casefold() != name.casefold()}


def _person(random: Random) -> Person:
    (origin,) = random.choices(list(WEIGHTS), list(WEIGHTS.values()))
    given, family = random.choice(GIVEN[origin].split()), random.choice(FAMILY[origin].split()).replace("_", " ")
    if random.random() < 0.33:
        family = "".join(random.choice(SYLLABLES.split()) for _ in range(random.choice((2, 3, 3, 4)))).capitalize()
    if origin == "portuguese" and random.random() < 0.6:
        family = f"{random.choice(FAMILY[origin].split()).replace('_', ' ')} {family}"
    born = date(1940, 1, 1) + timedelta(days=random.randrange(25_000))
    name = f"{given} {family}"
    if origin == "arabic" and given in ARABIC and family in ARABIC and random.random() < 0.5:
        return f"{ARABIC[given]} {ARABIC[family]}", None if random.random() < 0.5 else name, born
    return name, None, born


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _at(text: str, random: Random, change: Callable[[str, int], str]) -> str:
    """Change the longest word somewhere behind its first letter."""
    word = max(text.split(" "), key=len)
    return text.replace(word, change(word, random.randrange(1, max(2, len(word) - 1))), 1)


def _otherwise(text: str, random: Random) -> str:
    for old, new in random.sample(SPELLINGS, len(SPELLINGS)):
        if old in text:
            return text.replace(old, new)
    return text

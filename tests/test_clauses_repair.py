"""Known faults of the parsers, each mended: `word: relation < head` after repair. A row for every mended fault.

A pipeline of another version may parse a row right by itself; then it still must come out so.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.repair import repair
from dragoman.reading.syntax import Sentence, Syntax, Token

# fault, language, sentence, what must hold
CASES = [
    (
        "passive of a heading without its auxiliary, taken for a deed of whom it met",
        "en",
        "Rebel leader killed in attack",
        ["leader: nsubj:pass < killed"],
    ),
    (
        "participle of a heading taken for a deed of whom it met",
        "fr",
        "Un lycéen gravement blessé au visage",
        ["lycéen: nsubj:pass < blessé"],
    ),
    (
        "noun before a day taken for its adjective",
        "fr",
        "Deux villages ont été attaqués par des rebelles lundi.",
        ["rebelles: obl:agent < attaqués", "lundi: obl:mod < attaqués"],
    ),
    (
        "agent of a passive hung on a place, French",
        "fr",
        "Un couvre-feu a été instauré à Kano par le gouverneur.",
        ["gouverneur: obl:agent < instauré"],
    ),
    (
        "participle taken for a noun",
        "fr",
        "Trois mineurs sont morts dans l'explosion d'une bombe.",
        ["mineurs: nsubj < morts", "sont: aux:tense < morts"],
    ),
    (
        "object hung on the adverb that measures it",
        "fr",
        "Les rebelles réclament davantage d'aide de l'Otan.",
        ["aide: obj < réclament"],
    ),
    (
        "topic before a colon taken for the subject",
        "ru",
        "Беспорядки в тюрьме Лима: ранено шестеро полицейских",
        ["Беспорядки: parataxis < ранено", "полицейских: nsubj:pass < ранено"],
    ),
    (
        "noun of a preposition of several words",
        "fr",
        "Des sanctions à l'encontre de la Russie ont été prises.",
        ["Russie: nmod < sanctions", "encontre: fixed < à"],
    ),
    (
        "noun of a preposition of several words, Russian",
        "ru",
        "Критика в адрес министра усилилась.",
        ["министра: nmod < Критика", "адрес: fixed < в"],
    ),
    (
        "agent of a passive hung on a place",
        "ru",
        "Войска были переброшены к границе Пакистаном.",
        ["Пакистаном: obl < переброшены"],
    ),
    (
        "second result of leaving taken for a clause of its own",
        "en",
        "The rampage left two women dead and a third employee wounded.",
        ["employee: nsubj:pass < wounded"],
    ),
    (
        "noun without preposition hung as if it had one",
        "fr",
        "La milice a rompu la trêve.",
        ["trêve: obj < rompu"],
    ),
    (
        "unknown noun hung as an adjective on its own complement",
        "ru",
        "Перу и Чили провели демаркацию границы.",
        ["демаркацию: obj < провели", "границы: nmod < демаркацию"],
    ),
    (
        "infinitive hung on those who are asked to do it",
        "fr",
        "La Maison Blanche a appelé les autorités libyennes à protéger les journalistes.",
        ["protéger: xcomp < appelé"],
    ),
    (
        "infinitive hung on the noun of in order to",
        "en",
        "The envoys met in Oslo in order to negotiate a truce with the rebels.",
        ["negotiate: advcl < met"],
    ),
    (
        "participle taken for the main verb",
        "en",
        "Sailors deployed in Northland since 2019 completed their voyage on Friday, announced the Navy.",
        ["Sailors: nsubj < completed", "deployed: acl < Sailors", "Navy: nsubj < announced"],
    ),
    (
        "participle taken for the verb of an after-clause",
        "en",
        "Five days after Peru's capture of this town held for two years by rebels, talks began.",
        ["capture: obl < began", "held: acl < town", "after: case < capture"],
    ),
    (
        "finite verb coordinated with an infinitive",
        "en",
        "Canada agreed to withdraw its troops from Mali and promised to pay damages.",
        ["promised: conj < agreed"],
    ),
    (
        "verb given to a subject that cannot act",
        "en",
        "The closure of the Peruvian mines, initially scheduled for November 1985, had been on the agenda ever since "
        "Chile took full control of Arica in September 1980, following a brief strike, and expelled the 1,000 or so "
        "miners working there.",
        ["expelled: conj < took"],
    ),
    (
        "subject taken for an apposition to an agent",
        "en",
        "On the eve of his trip, warmly backed by Lima, Kovac, who has led the party since 2003, "
        "now appears to be a candidate.",
        ["Kovac: nsubj < appears", "led: acl:relcl < Kovac"],
    ),
    (
        "participle taken for a complement, and the verb after it lost",
        "en",
        "The farmers denounced the silence of their neighbour, long considered the judge in the valley, "
        "and have since turned away from the coast.",
        ["considered: acl < neighbour", "turned: conj < denounced"],
    ),
    (
        "dateline with agency",
        "en",
        "LIMA (Reuters) - Peruvian police killed two men on Sunday, officials said.",
        ["LIMA: parataxis < said", "police: nsubj < killed"],
    ),
    (
        "dateline taken for the subject",
        "en",
        "KABUL, Afghanistan — Two soldiers were killed on Monday.",
        ["KABUL: parataxis < killed", "soldiers: nsubj:pass < killed"],
    ),
    (
        "dateline in brackets",
        "en",
        "(Lima) Peruvian soldiers left Haiti on Monday.",
        ["soldiers: nsubj < left", "Lima: parataxis < left"],
    ),
    (
        "dateline with a date and an agency",
        "en",
        "Lima, March 15, ANP - Peru's ambassador to Chile rejected the plan.",
        ["ambassador: nsubj < rejected"],
    ),
    (
        "dateline before a colon",
        "en",
        "LIMA (Andina): President Jan Kovac has held a meeting with farmers.",
        ["Kovac: nsubj < held"],
    ),
    (
        "subject hung on the auxiliary",
        "en",
        "Club President, Ivo Novak, will on Tuesday, June 19, lead a club delegation on a visit to Peru.",
        ["President: nsubj < lead"],
    ),
    (
        "finite verb hung on the noun before it",
        "en",
        "On Friday, Ivo Novak, the club's spokesman, in a letter condemned the sale of boats.",
        ["Novak: nsubj < condemned", "letter: obl < condemned"],
    ),
    (
        "participle after its noun takes what is the verb's",
        "en",
        "Bolivia handed the two bridges concerned to its neighbor at the end of June.",
        ["neighbor: obl < handed"],
    ),
    (
        "subject cut off as a sentence of its own",
        "fr",
        "Novak, la reine danoise, a quitté Lima.",
        ["Novak: nsubj < quitté", "reine: appos < Novak"],
    ),
    (
        "finite verb hung on a noun",
        "fr",
        "L'Agence, un organisme étranger influent, surveille de près la récolte.",
        ["Agence: nsubj < surveille"],
    ),
    (
        "subject coordinated with the verb before",
        "fr",
        "Le Pérou a révélé que trois traités devaient être signés, et des discussions sur la pêche étaient prévues.",
        ["discussions: nsubj:pass < prévues"],
    ),
    (
        "subject coordinated with the object before",
        "fr",
        "Si le Chili ferme la frontière, le Pérou protestera.",
        ["Pérou: nsubj < protestera", "ferme: advcl < protestera"],
    ),
    (
        "second verb of a relative clause hung on the main verb",
        "fr",
        "Kovac a été salué par Novak, qui, comme Kovac, dirige le club depuis des mois "
        "et est accusé pour de graves fautes.",
        ["accusé: conj < dirige"],
    ),
    (
        "agent hung on an adjective",
        "fr",
        "Le port contesté, auparavant géré de manière habile par le Pérou voisin, était calme.",
        ["Pérou: obl:agent < géré"],
    ),
    (
        "speaker after the verb taken for its object",
        "fr",
        "Le bateau a coulé au large du Chili, a annoncé le ministère de la Pêche.",
        ["ministère: nsubj < annoncé"],
    ),
    (
        "day taken for an object",
        "fr",
        "Le retrait des troupes a commencé lundi.",
        ["lundi: obl:tmod < commencé"],
    ),
    (
        "predicate of place as head",
        "fr",
        "Jan Kovac est au pouvoir depuis 2003.",
        ["pouvoir: obl < est", "2003: obl:mod < est"],
    ),
    (
        "noun taken for an infinitive clause",
        "fr",
        "Jan Kovac est arrivé au pouvoir en 2018.",
        ["pouvoir: obl < arrivé", "au: case < pouvoir"],
    ),
    ("participle tagged as a noun", "fr", "Le Chili a annexé Arica en juin 1880.", ["Arica: obj < annexé"]),
    (
        "apposition taken for a second name",
        "fr",
        "La Norvège, membre de l'OTAN, a protesté.",
        ["membre: appos < Norvège"],
    ),
    (
        "participle hung on a noun that it does not agree with",
        "fr",
        "Le retrait des forces chiliennes, prévu pour novembre 2025, a commencé.",
        ["prévu: acl < retrait"],
    ),
    (
        "infinitive hung on a noun as a noun",
        "ru",
        "Чили заявило о намерении вывести войска с Гаити.",
        ["вывести: acl < намерении"],
    ),
    (
        "two roots in one sentence",
        "ru",
        "Президент провёл переговоры, сообщило агентство.",
        ["сообщило: parataxis < провёл"],
    ),
    (
        "phrase before the conjunction hung on the second verb",
        "en",
        "Chad expelled the Peruvian ambassador, Ana Novak, on January 31, and in May the council tore up its accords "
        "with Peru.",
        ["January: obl < expelled", "May: obl < tore"],
    ),
    (
        "subject taken for a noun with a preposition",
        "en",
        "Relations between Lima and Quito soured after colonels led by Paul Kovac overthrew President Novak in May.",
        ["colonels: nsubj < overthrew", "overthrew: advcl < soured"],
    ),
    (
        "phrase of what is told hung on the verb of telling",
        "fr",
        "Le président chilien Pablo Novak et le premier ministre du Pérou, Albin Kovac, se sont entendus samedi soir à "
        "Lima, au Pérou, sur la mise en œuvre d'un plan de paix, a annoncé le chef de la diplomatie, Jan Salas.",
        ["mise: obl:mod < entendus"],
    ),
    (
        "description of a name taken for a second subject",
        "fr",
        "Le Chili, le dernier pays que le président péruvien Novak a visité en 2018, est un grand producteur.",
        ["pays: appos < Chili"],
    ),
    (
        "time inside a subject that goes on after it",
        "en",
        "The presence, since February, of a Chilean mission in Peru has brought calm.",
        ["February: nmod < mission"],
    ),
    (
        "place with its preposition taken for the subject",
        "fr",
        "À Lima, des manifestants ont attaqué mardi les ambassades du Chili.",
        ["manifestants: nsubj < attaqué"],
    ),
    (
        "partner hung on the day and on the means",
        "fr",
        "Paul Novak s'est entretenu dimanche par téléphone avec les deux ministres.",
        ["téléphone: obl < entretenu", "ministres: obl < entretenu"],
    ),
    (
        "noun hung on the adverb before its preposition",
        "en",
        "The Kenyan authorities have since moved closer to Uganda.",
        ["Uganda: obl < moved"],
    ),
    (
        "noun hung on an adverb that makes a preposition",
        "fr",
        "Mardi, lors d’un sommet à Lima, le président chilien Pedro Novak a déclaré que la paix était proche.",
        ["sommet: obl < déclaré", "lors: case < sommet"],
    ),
    (
        "partner hung on an adverb",
        "ru",
        "Новак вместе с Ковачем посетил завод в Риге.",
        ["Ковачем: obl < посетил"],
    ),
    (
        "phrase between commas hung on the subject",
        "fr",
        "Le ministre, au cours d’une visite à Lima, a rencontré son homologue chilien.",
        ["visite: obl < rencontré"],
    ),
    (
        "place of a meeting hung on a person",
        "fr",
        "Le président kényan Paul Novak a rencontré Anna Kovac à Lima lundi.",
        ["Lima: obl < rencontré"],
    ),
    (
        "place hung on the verb before a relative clause",
        "en",
        "The talks take place in a cold climate between the two states, which fought a war in the spring of 1990, "
        "in the northern province of Arica.",
        ["province: obl < fought"],
    ),
]

# Faults that show in long sentences only: a tree as the parser gives it, `word/POS/relation/head`, features after `|`.
TREES = [
    (
        "words that hang on each other in a circle",
        "ru",
        "Порт/NOUN/nsubj/1 закрыт/VERB/root/1 уже/ADV/advmod/3 звучавшие/VERB/acl/4 жалобы/NOUN/obj/3",
        ["звучавшие: parataxis < закрыт", "жалобы: obj < звучавшие"],
    ),
    (
        "subject given to the participle beside it",
        "en",
        "With/ADP/case/1 vote/NOUN/obl/4 ,/PUNCT/punct/4 Peru/PROPN/nsubj/4 hurt/VERB/advcl/7|VerbForm=Part|Tense=Past "
        "by/ADP/case/6 drought/NOUN/obl:agent/4 hopes/VERB/root/7|VerbForm=Fin|Tense=Pres",
        ["Peru: nsubj < hopes", "hurt: acl < Peru", "vote: obl < hopes"],
    ),
    (
        "noun of a relative clause taken for its subject",
        "fr",
        "Pérou/PROPN/root/0 ,/PUNCT/punct/0 pays/NOUN/nsubj/6 que/SCONJ/mark/4 Novak/PROPN/nmod/2 "
        "a/AUX/aux:tense/6|VerbForm=Fin quitté/VERB/acl/0|VerbForm=Part|Tense=Past",
        ["Novak: nsubj < quitté", "que: obj < quitté", "quitté: acl:relcl < pays", "pays: appos < Pérou"],
    ),
    (
        "noun before a verb taken for its modifier",
        "en",
        "The/DET/det/3 Chilean/ADJ/amod/3 navy/NOUN/amod/3 trains/VERB/root/3|VerbForm=Fin pilots/NOUN/obj/3",
        ["navy: nsubj < trains", "Chilean: amod < navy", "The: det < navy"],
    ),
    (
        "time taken for a second subject",
        "en",
        "Nurses/NOUN/nsubj/7 based/VERB/acl/0|VerbForm=Part|Tense=Past in/ADP/case/3 Peru/PROPN/obl/1 "
        "since/SCONJ/mark/7 the/DET/det/6 fall/NOUN/nsubj/7 left/VERB/root/7|VerbForm=Fin|Tense=Past",
        ["fall: obl < based", "since: case < fall", "Nurses: nsubj < left"],
    ),
]

# Sentences that are parsed right and must stay as they are.
SOUND = [
    ("en", "The rebels seized the town and burned the church."),
    ("en", "A book called Peru was sold in Lima."),
    ("en", "The minister said the talks had failed."),
    ("en", "They left soon after more than 200 people set off from the square."),
    ("fr", "Le ministre a rencontré son homologue et a signé un accord."),
    ("fr", "Les soldats, qui gardaient le pont, ont fui."),
    ("ru", "Министр подписал договор и уехал."),
]


@pytest.mark.parametrize(("fault", "language", "text", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_fault_is_mended(
    parse_in: Callable[[str, str], Syntax], fault: str, language: str, text: str, wanted: list[str]
) -> None:
    mended = repair(parse_in(language, text))
    told = {f"{t.text}: {t.dep} < {mended.tokens[t.head].text}" for t in mended}
    missing = [w for w in wanted if w not in told]
    assert not missing, sorted(told)


def built(language: str, rows: str) -> Syntax:
    """A syntax of one sentence from `word/POS/relation/head|Feature=Value` rows."""
    tokens: list[Token] = []
    at = 0
    for i, row in enumerate(rows.split()):
        facts, *features = row.split("|")
        word, pos, dep, head = facts.rsplit("/", 3)
        morph = dict(feature.split("=") for feature in features)
        tokens.append(Token(i, at, at + len(word), word, word.lower(), pos, dep, int(head), morph, 0))
        at += len(word) + 1
    text = " ".join(t.text for t in tokens)
    return Syntax(text, language, tokens, [Sentence(0, len(tokens), 0, len(text))])


@pytest.mark.parametrize(("fault", "language", "rows", "wanted"), TREES, ids=[t[0] for t in TREES])
def test_fault_is_mended_in_a_given_tree(fault: str, language: str, rows: str, wanted: list[str]) -> None:
    mended = repair(built(language, rows))
    told = {f"{t.text}: {t.dep} < {mended.tokens[t.head].text}" for t in mended}
    assert set(wanted) <= told, sorted(told)


@pytest.mark.parametrize(("language", "text"), SOUND, ids=[t for _, t in SOUND])
def test_sound_tree_is_left_alone(parse_in: Callable[[str, str], Syntax], language: str, text: str) -> None:
    parsed = parse_in(language, text)
    assert [(t.dep, t.head) for t in repair(parsed)] == [(t.dep, t.head) for t in parsed]


@pytest.mark.parametrize(
    ("text", "word", "lemma", "mood"),
    [
        ("Si le Chili ferme la frontière, le Pérou protestera.", "ferme", "fermer", "Ind"),
        ("Le Chili a déclaré qu'il fermerait son ambassade.", "fermerait", "fermer", "Cnd"),
    ],
)
def test_forms_of_french_verbs(
    parse_fr: Callable[[str], Syntax], text: str, word: str, lemma: str, mood: str
) -> None:
    token = next(t for t in repair(parse_fr(text)) if t.text == word)
    assert (token.lemma, token.morph.get("Mood")) == (lemma, mood)


def test_given_tokens_are_not_changed(parse_en: Callable[[str], Syntax]) -> None:
    parsed = parse_en(CASES[0][2])
    before = [(t.dep, t.head, dict(t.morph)) for t in parsed]
    repair(parsed)
    assert [(t.dep, t.head, dict(t.morph)) for t in parsed] == before


WORDS = st.sampled_from(
    ["Chile", "said", "troops", "withdraw", "to", ",", "Monday", "and", "by", "was", "held", "(", ")", "-"]
)
DEPS = st.sampled_from(
    [
        "nsubj",
        "obj",
        "obl",
        "conj",
        "cc",
        "acl",
        "advcl",
        "ccomp",
        "xcomp",
        "appos",
        "mark",
        "case",
        "cop",
        "aux",
        "dep",
        "punct",
        "nmod",
    ]
)
FORMS = st.sampled_from(
    [{}, {"VerbForm": "Fin", "Tense": "Past"}, {"VerbForm": "Part", "Tense": "Past"}, {"VerbForm": "Inf"}]
)
POS = st.sampled_from(["NOUN", "PROPN", "VERB", "AUX", "ADP", "PUNCT", "PRON", "CCONJ"])


ROWS = st.lists(st.tuples(WORDS, POS, DEPS, FORMS, st.integers(0, 30)), min_size=1, max_size=14)


@given(ROWS, st.sampled_from(["en", "fr", "ru"]))
def test_whatever_the_parser_says_is_a_tree(
    rows: list[tuple[str, str, str, dict[str, str], int]], language: str
) -> None:
    """Also of circles, which a parser that scores arcs singly leaves: each chain ends in a root, no word is lost."""
    tokens, at = [], 0
    for i, (word, pos, dep, form, far) in enumerate(rows):
        head = far % len(rows)
        dep = "root" if head == i else dep
        tokens.append(Token(i, at, at + len(word), word, word.lower(), pos, dep, head, dict(form), 0))
        at += len(word) + 1
    text = " ".join(t.text for t in tokens)
    mended = repair(Syntax(text, language, tokens, [Sentence(0, len(tokens), 0, len(text))]))
    assert [t.text for t in mended] == [t.text for t in tokens]
    for token in mended:
        seen = set()
        while token.head != token.i:
            assert token.i not in seen
            seen.add(token.i)
            token = mended.tokens[token.head]


WORDS = [
    ("ru", "Протестующие и митингующие бросали камни.", {"Протестующие": ("NOUN", "протестующий")}),
    ("ru", "Суд освободил двоих обвиняемых.", {"обвиняемых": ("NOUN", "обвиняемый")}),
    ("ru", "Военные самолёты пришли в город.", {"Военные": ("ADJ", "военный"), "пришли": ("VERB", "прийти")}),
    ("fr", "Des soldats ont tué un étudiant à Khartoum.", {"étudiant": ("NOUN", "étudiant")}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), WORDS)
def test_words_taken_for_others(
    parse_in: Callable[[str, str], Syntax], language: str, text: str, wanted: dict[str, tuple[str, str]]
) -> None:
    tokens = {t.text: (t.pos, t.lemma) for t in repair(parse_in(language, text))}
    assert {word: tokens[word] for word in wanted} == wanted

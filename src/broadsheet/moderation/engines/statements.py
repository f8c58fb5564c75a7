"""The statement of reasons, in the reader's language, with every element of article 17(3) of the DSA (MOD-03)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from broadsheet.kernel.days import day_said
from broadsheet.moderation.conf import EVERYWHERE
from broadsheet.moderation.rules.decisions import Decision, Measure, Role, Source
from broadsheet.moderation.rules.duties import PLATFORM, Duties, duties_of

UTC_ZONE = ZoneInfo("UTC")
ALL_DUTIES = duties_of(PLATFORM)


@dataclass(frozen=True, slots=True)
class Told:
    """What became true with the decision: its number, when, and which sanction that counts it brought (0: none)."""

    decision_id: int
    at: datetime
    ordinal: int
    final: bool


@dataclass(frozen=True, slots=True)
class StatementText:
    """The statement as mail and page show it."""

    title: str
    text: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the statement: a heading, its sentences, and words that are quoted."""

    heading: str
    sentences: tuple[str, ...]
    quoted: str = ""


def statement_of(
    decision: Decision, *, user_id: str, puid: str, told: Told, zone: ZoneInfo = UTC_ZONE, duties: Duties = ALL_DUTIES
) -> StatementText:
    """Return the statement in the decision's language; times are told in the zone. Whoever decided appears by role.

    Where no out-of-court settlement is owed, by the `duties` of the paper's role, none is promised.
    """
    with translation.override(decision.language):
        title = _("Statement of reasons")
        parts = list(_parts(decision, user_id, puid, told=told, zone=zone, duties=duties))
    return StatementText(title, _as_text(title, parts), _as_html(title, parts))


def _parts(
    decision: Decision, user_id: str, puid: str, *, told: Told, zone: ZoneInfo, duties: Duties
) -> Iterator[Part]:
    """Yield the elements in the order of the law's text: (a) to (f)."""
    yield Part(_("What was decided"), tuple(_measures(decision, told, zone)))
    yield _about(decision, zone)
    yield Part(_("What happened"), (decision.facts.strip(),))
    yield Part(_("How it was noticed, and who decided"), tuple(_noticed(decision)))
    for clause in decision.clauses:
        yield _ground(decision, clause.title, clause.text, _cited_as(clause.code, clause.version, clause.policy))
    yield Part(_("How you can contest this"), tuple(_redress(decision, told, zone, duties)))
    numbers = [_("Statement: %(number)s") % {"number": puid}]
    if user_id:
        numbers.insert(0, _("Your User ID: %(user_id)s") % {"user_id": user_id})
    yield Part(_("Numbers to name when you write"), tuple(numbers))


def _measures(decision: Decision, told: Told, zone: ZoneInfo) -> Iterator[str]:
    """Say each restriction with its duration, then where it holds (art. 17(3)(a))."""
    sentences = {
        Measure.REMOVE: _("Your comment was deleted. Its place in the discussion stays; the text isn't shown any more, without an end."),
        Measure.REDACT: _("Words of your comment were blacked out, without an end. The rest of it is shown unchanged."),
        Measure.HOLD: _("Your comment is held: only you and the moderators see it, until you have mended it and a person has looked at it."),
        Measure.WARN: _("You are warned. The warning itself restricts nothing."),
        Measure.DELETE_ACCOUNT: _("Your account was deleted. It is kept hidden for 180 days, in which a letter can bring it back, and is then erased."),
    }  # fmt: skip
    for measure in decision.measures:
        yield _blocked(decision, told, zone) if measure == Measure.BLOCK else sentences[measure]
    if told.final:
        yield _(
            "This is the second measure against you that counts. It has no end, and restoration is impossible for "
            "everyone. If it was wrong, two persons can annul it."
        )
    elif told.ordinal:
        yield _("This measure counts. A second one that counts would have no end.")
    if set(decision.territory) == set(EVERYWHERE):
        yield _("This holds in all countries, and in every edition.")
    else:
        yield _("This holds in these countries: %(countries)s.") % {"countries": ", ".join(decision.territory)}


def _blocked(decision: Decision, told: Told, zone: ZoneInfo) -> str:
    ends = decision.duration.ends
    values = {"begin": _when(told.at, zone), "end": _when(ends, zone) if ends else ""}
    if decision.scope is not None and ends:
        return (
            _("You can't comment, report or edit in this discussion from %(begin)s to %(end)s. You can go on reading.")
            % values
        )
    if decision.scope is not None:
        return (
            _(
                "You can't comment, report or edit in this discussion from %(begin)s on, until you are let in again. You can go on reading."
            )
            % values
        )
    if ends:
        return _("You can't comment, report or edit from %(begin)s to %(end)s. You can go on reading.") % values
    if told.final:
        return _("You can't comment, report or edit from %(begin)s on, for good. You can go on reading.") % values
    return (
        _("You can't comment, report or edit from %(begin)s on, until you are let in again. You can go on reading.")
        % values
    )


def _about(decision: Decision, zone: ZoneInfo) -> Part:
    """Say which comment it is about, with its words and address (art. 17(4): as precise as possible)."""
    about = decision.about
    if about.comment_id is None:
        return Part(_("What it is about"), (_("The behaviour of your account."),))
    sentences = []
    if about.written_at is not None:
        sentences.append(_("Your comment of %(moment)s:") % {"moment": _when(about.written_at, zone)})
    if about.permalink:
        sentences.append(about.permalink)
    return Part(_("What it is about"), tuple(sentences), about.quoted)


def _noticed(decision: Decision) -> Iterator[str]:
    """Say how it came to light, and what machines had to do with it (art. 17(3)(b), (c))."""
    yield {
        Source.OWN: _("We looked at it of our own accord."),
        Source.REPORT: _("A reader reported it under the community standards."),
        Source.NOTICE: _("A notice of illegal content was sent to us (article 16 of Regulation (EU) 2022/2065)."),
        Source.TRUSTED: _("A trusted flagger sent us a notice of illegal content (article 22 of Regulation (EU) 2022/2065)."),
    }[decision.noticed.source]  # fmt: skip
    if decision.noticed.detectors:
        yield _("A program on our own servers marked it; a person looked at it then.")
    else:
        yield _("No program marked it.")
    role = _("a chief of the moderators") if decision.actor.role == Role.CHIEF else _("a moderator")
    yield _("The decision was made by a person, %(role)s. No machine took part in it.") % {"role": role}


def _cited_as(code: str, version: int, policy: int) -> str:
    if policy:
        return _("Clause %(code)s (version %(version)s) of our community standards, version %(policy)s.") % {
            "code": code, "version": version, "policy": policy,
        }  # fmt: skip
    return _("Clause %(code)s (version %(version)s) of our community standards.") % {"code": code, "version": version}


def _ground(decision: Decision, title: str, text: str, cited: str) -> Part:
    """Say which clause was broken, or which law, and its very words (art. 17(3)(d), (e))."""
    sentences = [cited, text.strip()]
    if decision.law.strip():
        sentences.append(_("The law that it breaks: %(law)s") % {"law": decision.law.strip()})
    return Part(_("Why: %(title)s") % {"title": title}, tuple(sentences))


def _redress(decision: Decision, told: Told, zone: ZoneInfo, duties: Duties) -> Iterator[str]:
    """Say how to contest it: by complaint, before a certified body, in court (art. 17(3)(f))."""
    redress = decision.redress
    yield _(
        "You can complain about this decision, free of charge, until %(until)s: %(complaint)s. A person other than the one "
        "who decided looks at it again and answers with reasons."
    ) % {"until": _when(redress.until, zone), "complaint": redress.complaint}
    if told.ordinal and not told.final:
        yield _(
            "To ask to be let in again, write to the same address with the subject “Restore account” or “Unlock access”, "
            "your User ID, and what in your view led to the measure. You can do so at any time."
        )
    if duties.dispute_bodies:
        yield _(
            "You can also turn to a certified out-of-court dispute settlement body (article 21 of Regulation (EU) 2022/2065) "
            "of your choice: %(bodies)s"
        ) % {"bodies": redress.dispute_bodies}
    yield _("You can go to court at any time, before or after.")


def _when(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return _("%(date)s, %(time)s (%(zone)s)") % {
        "date": day_said(local),
        "time": f"{local:%H:%M}",
        "zone": local.tzname() or zone.key,
    }


def _as_text(title: str, parts: list[Part]) -> str:
    blocks = [title]
    for part in parts:
        lines = [part.heading, *part.sentences]
        if part.quoted:
            lines += [f"> {line}" for line in part.quoted.splitlines() or [part.quoted]]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _as_html(title: str, parts: list[Part]) -> SafeString:
    """Return it as HTML: every word of people escaped, quoted text with its own direction."""
    return format_html(
        "<h1>{}</h1>{}",
        title,
        format_html_join(
            "",
            "<section><h2>{}</h2>{}{}</section>",
            (
                (
                    part.heading,
                    format_html_join("", "<p>{}</p>", ((sentence,) for sentence in part.sentences)),
                    format_html('<blockquote dir="auto">{}</blockquote>', part.quoted) if part.quoted else "",
                )
                for part in parts
            ),
        ),
    )

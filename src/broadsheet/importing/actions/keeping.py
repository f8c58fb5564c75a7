"""Decides for each object of a source whether it is made, changed or left as it is, and remembers what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction

from broadsheet.importing.errors import ImportRefusedError
from broadsheet.importing.models import Imported
from broadsheet.importing.queries.imported import imported, imported_keys
from broadsheet.importing.rules.bundle_blocks import Places
from broadsheet.importing.rules.digests import digest
from broadsheet.importing.rules.report import CREATED, UNCHANGED, UPDATED, Report
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused

Found = TypeVar("Found")
Row = Any  # what a source says of one object: an object or a list of JSON
EDITED = "It was changed here since it was imported; --force takes the source's version."
OTHERWISE = "It stands here with other contents, and did not come from this source; --force takes the source's version."
DELETED = "It was deleted here since it was imported."


def still_there(found: Found | None) -> Found:
    """Return the object that is to be changed; refused where it was deleted here since."""
    if found is None:
        raise ImportRefusedError(DELETED)
    return found


@dataclass(frozen=True, slots=True)
class Thing:
    """One object of a source: `name` for people, `local` reads what is stored here, in the source's own terms."""

    kind: str
    key: str
    name: str
    row: Row
    local: Callable[[], Row | None]
    create: Callable[[], object]
    update: Callable[[], object]
    can_return: bool = True


@dataclass
class Keeper:
    """Keeps the objects of one source; `plurals` name the kinds in the report."""

    source: str
    report: Report
    force: bool = False
    known: dict[str, dict[str, Imported]] = field(default_factory=dict)

    def knows(self, kind: str, key: str) -> Imported | None:
        """Return what is remembered of an object."""
        if kind not in self.known:
            self.known[kind] = imported_keys(self.source, kind)
        return self.known[kind].get(key[:400])

    def looks_up(self, kind: str, key: str) -> Imported | None:
        """Return what is remembered of one object, without reading all of its kind."""
        return imported(self.source, kind, key)

    def keep(self, thing: Thing) -> str:
        """Make or change the object in one transaction, or leave it; returns what was done, empty where refused."""
        try:
            with transaction.atomic():
                outcome = self._keep(thing)
        except Refused as refused:
            self.report.fail(thing.name, str(refused.refusal))
            return ""
        except ImportRefusedError as refused:
            self.report.fail(thing.name, refused.message)
            return ""
        if outcome:
            self.report.count(thing.kind, outcome)
        return outcome

    def _keep(self, thing: Thing) -> str:
        wanted = digest(thing.row)
        before = self.knows(thing.kind, thing.key)
        if before is not None and before.source_digest == wanted:
            return UNCHANGED
        if before is not None and not before.source_digest:
            thing.update()  # begun by this run, or by one that was broken off
            self.remember(thing, wanted)
            return CREATED
        here = thing.local()
        if here is None:
            if before is not None and not thing.can_return:
                self.report.skip(thing.name, DELETED)
                return ""
            thing.create()
            self.remember(thing, wanted)
            return CREATED
        standing = digest(here)
        if standing != wanted:
            edited = before is None or before.local_digest != standing
            if edited and not self.force:
                self.report.skip(thing.name, OTHERWISE if before is None else EDITED)
                return ""
            thing.update()
        self.remember(thing, wanted)
        return UNCHANGED if standing == wanted else UPDATED

    def tell_missing(self, name: str, places: Places) -> None:
        """Report what the object named and was not found, and begin to gather anew."""
        for reference in sorted(places.missing):
            self.report.drop(name, f"It names {reference}, which isn't here: that part was left out.")
        places.missing.clear()

    def begin(self, kind: str, key: str) -> None:
        """Write down that the object is begun, in the transaction that begins it; keeping it again completes it."""
        row = Imported.objects.create(source=self.source, kind=kind, key=key[:400], local_id=key[:200], at=clock.now())
        self.knows(kind, key)
        self.known[kind][row.key] = row

    def reopen(self, kind: str, key: str, *, wanted: Row, here: Row) -> None:
        """Where the source has changed the object and nobody here has, let keeping it again complete it."""
        before = self.knows(kind, key)
        if before is None or before.source_digest == digest(wanted) or before.local_digest != digest(here):
            return
        before.source_digest = ""
        before.save(update_fields=["source_digest"])

    def note(self, kind: str, key: str, local_id: str) -> None:
        """Write down under which number an object of the source is here."""
        Imported.objects.update_or_create(
            source=self.source, kind=kind, key=key[:400], defaults={"local_id": local_id, "at": clock.now()}
        )

    def remember(self, thing: Thing, source_digest: str) -> None:
        """Write down what the source said and what stands here now."""
        here = thing.local()
        local_id = str(here.get("public_id", thing.key)) if isinstance(here, Mapping) else thing.key
        row, _made = Imported.objects.update_or_create(
            source=self.source,
            kind=thing.kind,
            key=thing.key[:400],
            defaults={
                "local_id": local_id[:200],
                "source_digest": source_digest,
                "local_digest": digest(here) if here is not None else "",
                "at": clock.now(),
            },
        )
        self.known.setdefault(thing.kind, {})[row.key] = row

"""What the forms of a case offer: codes with their words, and the people and places of this association."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from services.cases.case.pages.reading import CaseRead
from services.cases.case.pages.view import DIED, SENT, CaseView, ConsentLine, ReferralLine
from services.cases.case.queries.same_people import OtherCase
from services.cases.case.rules.concern import GONE
from services.cases.case.rules.ending import GROUNDS, outcomes
from services.cases.case.rules.facts import NOTED_BY_ITSELF
from services.cases.procedure.rules.document import ConsentWording, Contact
from shared.ground.spoken import due_day, due_moment, short_day
from shared.privacy.staff import Person
from shared.words.language import language_names, marked
from shared.words.vocabulary.case import (
    Category,
    Continuing,
    DismissalReason,
    FactKind,
    FactSource,
    GuardianMatter,
    Milestone,
    Outcome,
    Status,
    Step,
)
from shared.words.vocabulary.consent import Answer, Basis, HowAsked
from shared.words.vocabulary.correction import BreachFinding, DeletionReply, NotToldBecause
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.persons import EVERYTHING, ConsentPurpose, PersonRole, WayToReach
from shared.words.vocabulary.referral import Channel, ReferralOutcome, Reply, Target

Choices = Sequence[tuple[object, str, str]]
"""Code or id, what it is called, and what explains it."""

TELLING = (Channel.PHONE, Channel.MEETING, Channel.SMS)
SENDING = (Channel.DIGITAL_POST, Channel.SECURE_MAIL, Channel.PHONE, Channel.FORM, Channel.LETTER, Channel.MEETING)
INFORMING = (Channel.DIGITAL_POST, Channel.LETTER, Channel.PHONE, Channel.VISIT, Channel.MEETING)
REACHING = (Channel.PHONE, Channel.VISIT, Channel.SMS, Channel.LETTER, Channel.MEETING)


@dataclass(frozen=True, slots=True)
class Options:
    """Each list is made when a form asks for it: a page shows one form, or none."""

    read: CaseRead
    view: CaseView

    # Codes

    @property
    def categories(self) -> Choices:
        return self.read.words.choices("categories", Category)

    @property
    def severities(self) -> Choices:
        return self.read.words.choices("severities", Severity)

    @property
    def dismissals(self) -> Choices:
        gone = self.read.case.life.stopped_by if self.read.case else ""
        reasons = [reason for reason in DismissalReason if reason not in GONE or GONE[reason] == gone]
        return self.read.words.choices("dismissals", reasons)

    @property
    def outcomes(self) -> Choices:
        """Those that rest on something in the case; the others are refused, with what is missing."""
        return self.read.words.choices("outcomes", outcomes(self.read.case) if self.read.case else Outcome)

    @property
    def facts(self) -> Choices:
        return self.read.words.choices("facts", [kind for kind in FactKind if kind not in NOTED_BY_ITSELF])

    @property
    def fact_sources(self) -> Choices:
        return self.read.words.choices("fact_sources", FactSource)

    @property
    def continuing(self) -> Choices:
        return self.read.words.choices("continuing", Continuing)

    @property
    def guardian_matters(self) -> Choices:
        return self.read.words.choices("guardian_matters", GuardianMatter)

    @property
    def recipients_to_tell(self) -> Choices:
        """Those who do not know yet that the resident has moved."""
        untold = self.read.case.life.untold if self.read.case else ()
        return [(line.id, self.read.words.of(line.target, "targets"), "") for line in self.view.referrals if line.id in untold]

    @property
    def noted_facts(self) -> Choices:
        facts = self.read.case.facts if self.read.case else {}
        say = self.read.words.of
        day = partial(short_day, language=self.read.words.language)
        return [(id, f"{say(fact.kind, 'facts')} – {day(fact.on)}", say(fact.source, "fact_sources")) for id, fact in facts.items()]

    @property
    def outcomes_without_a_fact(self) -> Sequence[tuple[str, str, str]]:
        """Every other outcome: what it is called, why it cannot be chosen, and what to do first."""
        if self.read.case is None:
            return ()
        rests = set(outcomes(self.read.case))
        missing = [(outcome, GROUNDS[outcome].otherwise) for outcome in Outcome if outcome not in rests]
        said = self.read.words.say
        return [(self.read.words.of(one, "outcomes"), said((why.__doc__ or "").strip()), said(why.next_step)) for one, why in missing]

    @property
    def bases(self) -> Choices:
        return self.read.words.choices("bases", Basis)

    @property
    def answers(self) -> Choices:
        return self.read.words.choices("answers", (*Reply, *ReferralOutcome))

    @property
    def manners(self) -> Choices:
        return self.read.words.choices("consent_manners", HowAsked)

    @property
    def reaching(self) -> Choices:
        return self.read.words.choices("channels", REACHING)

    @property
    def sending(self) -> Choices:
        return self.read.words.choices("channels", SENDING)

    @property
    def telling(self) -> Choices:
        return self.read.words.choices("channels", TELLING)

    @property
    def informing(self) -> Choices:
        return self.read.words.choices("channels", INFORMING)

    # The same people, and the wrong ones

    @property
    def joinable(self) -> Choices:
        """Cases about the same people that somebody may still work in, those with a handler first."""
        open_ones = [other for other in self.read.others if not other.is_over]
        return [(other.case_id, *self._as_other(other)) for other in sorted(open_ones, key=lambda other: other.status != Status.OPEN)]

    @property
    def later_observations(self) -> Choices:
        later = self.read.case.observations.later if self.read.case else {}
        day = partial(short_day, language=self.read.words.language)
        return [(id, day(one.observed_at), self.read.staff.name_of(one.observer)) for id, one in later.items()]

    @property
    def witnesses(self) -> Choices:
        """Whose observation is told about, where the case came of several."""
        if self.read.case is None:
            return ()
        case, staff = self.read.case, self.read.staff
        return [
            (observation or case.origin.observation_id, staff.name_of(witness.observer), "")
            for observation, witness in case.deadlines.witnesses.items()
            if not witness.carries
        ]

    @property
    def unasked(self) -> Choices:
        if self.read.case is None:
            return ()
        recipients, words = self.read.case.correction.recipients, self.read.words
        return [(id, words.of(recipients[id].target, "targets"), "") for id in self.read.case.correction.unasked()]

    @property
    def deletion_replies(self) -> Choices:
        return self.read.words.choices("deletion_replies", DeletionReply)

    @property
    def breach_findings(self) -> Choices:
        return self.read.words.choices("breach_findings", BreachFinding)

    @property
    def not_told_because(self) -> Choices:
        return self.read.words.choices("not_told_because", NotToldBecause)

    def _as_other(self, other: OtherCase) -> tuple[str, str]:
        words = self.read.words
        day = short_day(other.observed_at, language=words.language)
        return f"{words.of(other.status, 'statuses')}, {words.of(other.severity, 'severities').lower()}", day

    # People

    @property
    def handlers(self) -> Choices:
        return self._named(self._social_staff())

    @property
    def visitors(self) -> Choices:
        """Who may go by: the caretakers of the estate, then social staff."""
        facts, staff = self.read.facts, self.read.staff
        caretakers = [one for one in staff.with_role(Role.CARETAKER, association=facts.association) if facts.estate_id in one.estates]
        return self._named(self._able([*caretakers, *self._social_staff()]))

    @property
    def companions(self) -> Choices:
        """A known face: first of all the one who saw it, then the caretakers of the estate."""
        facts, staff = self.read.facts, self.read.staff
        observer = staff.person(facts.observer)
        caretakers = [one for one in staff.with_role(Role.CARETAKER, association=facts.association) if facts.estate_id in one.estates]
        others = [person for person in (*caretakers, *self._social_staff()) if person.id != facts.observer]
        able = self._able(one for one in ([observer] if observer else []) + others if self.read.pinned.may(one.role.value, Step.ACCOMPANY))
        return self._named(able)

    # Leave, and whom it may be told

    @property
    def recipients(self) -> Choices:
        return self.read.words.choices("targets", list(dict.fromkeys([*self._contacts, *map(str, Target)])))

    # Who the case is about

    @property
    def people(self) -> Choices:
        """Those who are written down, by the id of their part."""
        return [(line.part, line.called, "") for line in self.view.people if line.part is not None]

    @property
    def known_people(self) -> Sequence[tuple[str, str]]:
        """Who lives there as the ERP tells it, in the order of their roles; it tells no names."""
        links = sorted(self.read.known_people, key=lambda link: (link.role, str(link.id)))
        roles = [self.read.words.of(link.role, "person_roles") for link in links]
        return [
            (str(link.id), f"{role} {roles[: n + 1].count(role)}" if roles.count(role) > 1 else role)
            for n, (link, role) in enumerate(zip(links, roles, strict=True))
        ]

    @property
    def whom(self) -> Choices:
        """Whom a form may be about; all by name once there are several, and before that everybody but the resident."""
        alive = [line for line in self.view.people if not line.has_died]
        if self.view.must_name_person:
            return [(line.part, line.called, "") for line in alive if line.part is not None]
        return [(line.id, line.called, "") for line in alive if line.id is not None]

    @property
    def resident(self) -> str:
        """What the resident is called, of whom a form is that names nobody; empty where somebody has to be named."""
        return "" if self.view.must_name_person else next(line.called for line in self.view.people if line.id is None)

    @property
    def the_resident(self) -> str:
        """Whom the case is about as a whole, where a death or a move is theirs; also once others are written down."""
        return self.resident or self.read.words.say(marked("Den, sagen handler om"))

    @property
    def first_answerer(self) -> str:
        """The same of a yes that is taken back: whoever gave it can, though nobody has said who it was."""
        return next((line.called for line in self.view.people if line.part is None and line.consents), self.resident)

    @property
    def first_answers(self) -> str:
        """What was answered before anybody had a name, and is nobody's yet; empty where there is nothing of the kind."""
        return "; ".join(sorted({self._answered(line) for line in self.view.first_answers}))

    def _answered(self, line: ConsentLine) -> str:
        of = self.read.words.of
        what_for = f" ({of(line.purpose, 'consent_purposes').lower()})" if line.says_purpose else ""
        return f"{of(line.recipient, 'targets')}{what_for}: {of(line.answer, 'consents').lower()}"

    @property
    def person_roles(self) -> Sequence[tuple[str, str]]:
        return [(role.value, self.read.words.of(role.value, "person_roles")) for role in PersonRole]

    @property
    def languages(self) -> Choices:
        """What somebody may speak, by name; also what is noted and has no name of its own here."""
        names = language_names(self.read.words.language)
        noted = {(line.language, f"{line.speaks} ({line.language})") for line in self.view.people if line.language}
        return [(code, name, "") for code, name in [*names, *(one for one in sorted(noted) if one[0] not in dict(names))]]

    @property
    def ways_to_reach(self) -> Choices:
        return self.read.words.choices("ways_to_reach", WayToReach)

    @property
    def reached_best(self) -> str:
        """How the resident is best reached, for whoever is about to reach them; empty where it is not known."""
        way = next((line.way_to_reach for line in self.view.people if line.id is None), "")
        words = self.read.words
        return words.say(marked("Beboeren nås bedst: %(way)s."), way=words.of(way, "ways_to_reach").lower()) if way else ""

    @property
    def consent_purposes(self) -> Sequence[tuple[str, str]]:
        return [(purpose.value, self.read.words.of(purpose.value, "consent_purposes")) for purpose in ConsentPurpose]

    @property
    def information_kinds(self) -> Choices:
        return self.read.words.choices("information", EVERYTHING)

    @property
    def targets(self) -> Choices:
        """Who has leave to know first; then those with whom it is agreed how to turn to them."""
        listed = dict.fromkeys([*self._allowed, *self._contacts, *map(str, Target)])
        return [
            (target, self.read.words.of(target, "targets"), self._about(target)) for target in listed if target != Target.DAMAGE_SERVICE
        ]

    @property
    def withdrawable(self) -> Choices:
        given = [line.recipient for line in self.view.consents if line.answer in (Answer.GRANTED, "expired", DIED)]
        return self.read.words.choices("targets", given)

    @property
    def wordings(self) -> Sequence[ConsentWording]:
        return self.read.pinned.document.consent_wordings

    @property
    def wording_choices(self) -> Sequence[tuple[str, str]]:
        return [(wording.version, wording.title) for wording in self.wordings]

    # What the case is waiting for

    @property
    def referrals(self) -> Choices:
        return [(line.id, self.read.words.of(line.target, "targets"), self._until(line)) for line in self.view.referrals]

    @property
    def follow_ups(self) -> Choices:
        words = self.read.words
        return [
            (
                look.ref,
                words.say(marked("Senest %(due)s"), due=due_day(look.due, language=words.language)),
                words.say(marked("overskredet")) if look.is_late else "",
            )
            for look in self.view.follow_ups
        ]

    @property
    def meetings(self) -> Choices:
        language, staff = self.read.words.language, self.read.staff
        return [(meeting.ref, due_moment(meeting.due, language=language), staff.name_of(meeting.about)) for meeting in self.view.meetings]

    @property
    def told(self) -> Choices:
        """What the caretaker may be told, the latest news first; that somebody has taken over may always be told while it lasts."""
        waiting = list(reversed(self.view.untold))
        always = [Milestone.IN_GOOD_HANDS.value] if self.view.status == Status.OPEN else []
        told = [*waiting, *always]
        return [(milestone, self.read.words.of(milestone, "milestones"), self.read.pinned.notice(milestone)) for milestone in told]

    def _social_staff(self) -> list[Person]:
        staff, association = self.read.staff, self.read.facts.association
        leads, others = (staff.with_role(role, association=association) for role in (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER))
        return self._able([*leads, *(one for one in others if Role.SOCIAL_LEAD not in one.roles)])

    def _able(self, people: Iterable[Person]) -> list[Person]:
        """Those who do not keep out of this case."""
        facts = self.read.facts
        return [person for person in people if not person.keeps_out_of(facts.case_id, facts.home_id)]

    def _named(self, people: Iterable[Person]) -> Choices:
        return [(person.id, person.name, self.read.words.of(person.role.value, "roles")) for person in people]

    @property
    def without_agreement(self) -> str:
        """The municipality, where the procedure has agreed nothing with it; empty otherwise, and where nobody is to see which one it is."""
        municipality = self.read.facts.municipality if self.read.shows_address else ""
        return municipality if municipality and self.read.pinned.agreement(municipality) is None else ""

    @property
    def _contacts(self) -> dict[str, Contact]:
        if not self.read.shows_address:
            return {}  # whom one turns to says which municipality it is
        agreed = self.read.pinned.agreement(self.read.facts.municipality)
        return dict(agreed.contacts) if agreed else {}

    @property
    def _allowed(self) -> list[str]:
        return [line.recipient for line in self.view.consents if line.allows]

    def _about(self, target: str) -> str:
        """Whether they may know, and how to turn to them."""
        words, contact = self.read.words, self._contacts.get(target)
        who = [line.called for line in self.view.people if any(answer.allows and answer.recipient == target for answer in line.consents)]
        said = [words.say(marked("%(who)s har sagt ja"), who=", ".join(who))] if who else []
        if contact:
            channel = words.of(contact.channel, "channels").lower()
            said.append(f"{contact.unit}, {channel}, tlf. {contact.phone}, {contact.hours}")
        return " · ".join(said)

    def _until(self, line: ReferralLine) -> str:
        """When their answer is due, as long as nobody has it yet."""
        if line.state not in (SENT, Reply.DELIVERED):
            return ""
        words = self.read.words
        return words.say(marked("Svar senest %(due)s"), due=due_day(line.answer_due, language=words.language))

"""What ``check`` prints for people: the answer first, then the worst groups, then the questions that settle most."""

from __future__ import annotations

from threatmodel.cli.console import Page
from threatmodel.reports.view import Group, QuestionGroup, Remark, View
from threatmodel.reports.view_paths import PathHop, PathsView

WORST = 10
QUESTIONS = 5
PLACES = 6
REMARKS = 3


def print_summary(page: Page, view: View, *, everything: bool) -> None:
    """The findings of a model, grouped by threat and common cause; ``everything`` leaves out no group and no place."""
    _head(page, view)
    _groups(page, view.groups, WORST if not everything else len(view.groups), everything)
    _questions(page, view, QUESTIONS if not everything else len(view.questions), everything)
    if view.paths is not None:
        print_paths(page, view.paths)
    if everything:
        _others(page, "Not enough is stated to tell whether these concern you", view.undecided)
        _others(page, "Closed, and by what", view.closed)
    _remarks(page, view.remarks, everything)
    _tail(page, view, everything)


def print_paths(page: Page, paths: PathsView) -> None:
    """How somebody gets to what matters, target by target, each way with its steps and what would break them."""
    page.gap()
    page.line(("How somebody gets to what matters: the easiest ways", "head"))
    for target in paths.targets:
        page.gap()
        page.line((target.name, "id"), f"  {target.kind}")
        for number, path in enumerate(target.paths, 1):
            page.line(f"{number}  {path.by}", (f"  {_steps(len(path.hops))}, hardness {path.cost}", "dim"), indent=2)
            for step, hop in enumerate(path.hops):
                _hop(page, hop, first=step == 0)
    if not paths.targets:
        page.line("No way leads from where an attacker may stand to anything that matters.", indent=2)
    if paths.unreached:
        page.line(f"No way was found to {'; '.join(paths.unreached)}.", indent=2)
    for limit in paths.limits:
        page.line((limit, "dim"), indent=2)


def _hop(page: Page, hop: PathHop, *, first: bool) -> None:
    """A step: where it leads, why it can be taken, and what would break it."""
    by_flow = f" by {hop.by_flow}" if hop.by_flow else ""
    gains = f", {hop.gains}" if hop.gains else ""
    page.line(f"{'at' if first else '→'} {hop.where}{by_flow}{gains}", (f"  {hop.hard}", "dim"), indent=5)
    finding = f" ({hop.finding}{'' if hop.confirmed else ', not stated'})" if hop.finding else ""
    page.line((f"{hop.told}{finding}", "dim"), indent=7)
    if hop.breaking:
        page.line(f"broken by {' and '.join(hop.breaking)}", indent=7)


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _remarks(page: Page, remarks: tuple[Remark, ...], everything: bool) -> None:
    """What the model says that does not fit together."""
    if not remarks:
        return
    page.gap()
    page.line(("About the model itself", "head"))
    for remark in remarks if everything else remarks[:REMARKS]:
        page.line(remark.says, (f"  {remark.source}", "dim"), indent=2)
    if len(remarks) > REMARKS and not everything:
        page.line((f"and {len(remarks) - REMARKS} more", "dim"), indent=2)


def _head(page: Page, view: View) -> None:
    page.line(
        (view.title, "head"), f"  version {view.version} · {len(view.components)} components · {len(view.flows)} flows"
    )
    page.gap()
    if not view.open_count:
        page.line(("No threat is open.", "head"))
    else:
        counted = [(f" {level.count} {level.name} ", level.name) for level in view.levels if level.count]
        pieces: list[str | tuple[str, str]] = [(f"{view.open_count} open: ", "head")]
        for number, piece in enumerate(counted):
            pieces += [" " if number else "", piece]
        page.line(*pieces)
        if view.unconfirmed_count:
            page.line(
                f"{view.unconfirmed_count} of them unconfirmed: nobody stated whether they are closed, "
                "so they count at their worst.",
            )
    states = {count.name: count.count for count in view.states}
    closed = sum(states.get(name, 0) for name in ("addressed", "accepted", "transferred", "not-applicable"))
    page.line(f"{closed} closed · {states.get('question', 0)} undecided · {view.question_count} questions")


def _groups(page: Page, groups: tuple[Group, ...], shown: int, everything: bool) -> None:
    if not groups:
        return
    page.gap()
    told = "Open, worst first" if shown >= len(groups) else f"The {shown} worst of {len(groups)} groups"
    page.line((told, "head"))
    for group in groups[:shown]:
        page.gap()
        _group(page, group, everything)


def _group(page: Page, group: Group, everything: bool) -> None:
    mark = "" if group.confirmed else "?"
    page.line((f" {group.level}{mark} ", group.level), " ", (group.threat.id, "id"), f"  {group.threat.title}")
    scores = (("privacy", group.threat.privacy), ("continuity", group.threat.continuity))
    beside = ", ".join(f"{name} {score} of 4" for name, score in scores if score is not None and score > 2)
    if beside:
        page.line((f"beside the clinical level: {beside}", "dim"), indent=2)
    page.line((group.cause, "dim"), indent=2)
    _places(page, group, everything)
    page.line(f"→ {group.threat.remedy}", indent=2)


def _places(page: Page, group: Group, everything: bool) -> None:
    shown = group.places if everything else group.places[:PLACES]
    names = [f"{place.name} [{place.source}]" if place.source else place.name for place in shown]
    more = len(group.places) - len(shown)
    page.line("at " + "; ".join(names) + (f"; and {more} more" if more else ""), indent=2)


def _questions(page: Page, view: View, shown: int, everything: bool) -> None:
    if not view.questions:
        return
    page.gap()
    told = (
        f"The {shown} questions that would settle most"
        if shown < len(view.questions)
        else "The questions that are left"
    )
    page.line((told, "head"))
    for group in view.questions[:shown]:
        page.gap()
        _question(page, group, everything)


def _question(page: Page, group: QuestionGroup, everything: bool) -> None:
    page.line((f" {group.worst} ", group.worst), f" To {group.whom}: {group.asks}")
    if len(group.places) > 1:
        names = group.places if everything else group.places[:PLACES]
        more = len(group.places) - len(names)
        page.line("; ".join(names) + (f"; and {more} more" if more else ""), indent=2)
    page.line((f"settles {group.settles} {'finding' if group.settles == 1 else 'findings'}", "dim"), indent=2)


def _others(page: Page, told: str, groups: tuple[Group, ...]) -> None:
    if not groups:
        return
    page.gap()
    page.line((told, "head"))
    for group in groups:
        page.gap()
        page.line((group.threat.id, "id"), f"  {group.threat.title}")
        page.line((f"{group.state_told} · {group.cause}", "dim"), indent=2)
        _places(page, group, everything=True)


def _tail(page: Page, view: View, everything: bool) -> None:
    page.gap()
    left = [] if everything else _left_out(view)
    if left:
        page.line(f"Not shown: {', '.join(left)}. --all shows everything; report writes it with every reason.")
    example = view.groups[0].places[0].finding if view.groups else None
    if example is not None:
        page.line(f"Why is a finding there? threatmodel explain MODEL {example}")


def _left_out(view: View) -> list[str]:
    left = []
    if len(view.groups) > WORST:
        left.append(f"{len(view.groups) - WORST} more open groups")
    if len(view.questions) > QUESTIONS:
        left.append(f"{len(view.questions) - QUESTIONS} more groups of questions")
    for told, groups in (("undecided", view.undecided), ("closed", view.closed)):
        if groups:
            left.append(f"{len(groups)} {told} {'group' if len(groups) == 1 else 'groups'}")
    return left

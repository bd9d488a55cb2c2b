"""Deciding what of a table is hidden: what is small, and what would tell it.

First all that is small is hidden. Then, while a hidden count can be worked out too closely, one
more group is: the part of the same group that costs least, else that group itself. Where no such
group is left, as where the few others of small hidden groups make up for a small hidden division
elsewhere, nothing of the table is shown.
"""

from collections.abc import Iterator, Sequence

from app.domain.counts import Count
from app.domain.disclosure import SMALL_GROUP, Decision, Edition, Layer, Rules, Suppression
from app.domain.inference import TOLD_GROUP, Table, find_freedoms, list_exposed_rows
from app.domain.published_groups import Cells, Tree
from app.domain.split_inference import UNTOLD, list_exposed_splits

_Labels = list[Suppression | None]


def decide(tree: Tree, counts: Cells, rules: Rules, earlier: Sequence[Edition] = ()) -> Decision:
    """Return what of a table may be shown beside all that was shown of it before.

    A later edition hides what the first one did, if that protects both; else it shows only what
    has not changed since the edition before.

    Args:
        tree: The groups of the table.
        counts: Persons by smallest group.
        rules: Those in force now.
        earlier: Every edition of the table that everybody could read, oldest first.
    """
    if not earlier:
        return _decide_first(tree, counts, rules)
    newest = earlier[-1]
    if tree.add_up(newest.counts) == tree.add_up(counts):
        return newest.decision
    if _goes_with(tree, counts, rules, earlier):
        return Decision(rules, newest.decision.rows, newest.decision.splits)
    return _show_unchanged(tree, counts, rules, newest)


def _decide_first(tree: Tree, counts: Cells, rules: Rules) -> Decision:
    sums = tree.add_up(counts)
    draft = Draft(tree, sums, rules)
    if not (draft.protect_rows() and draft.protect_splits()):
        draft.hide_everything()
    return draft.decision()


class Draft:
    """A decision in the making: more and more is hidden."""

    def __init__(self, tree: Tree, sums: Sequence[Count], rules: Rules) -> None:
        self.tree, self.sums, self.rules = tree, sums, rules
        self.rows: _Labels = [None] * len(sums)
        self.splits: _Labels = [None] * len(sums)
        for number, count in enumerate(sums):
            if _is_small_row(count, rules) and self.rows[number] is None:
                self.hide_row(number)

    def table(self) -> Table:
        """Return what is shown and hidden so far."""
        return Table(self.tree, self.rows, self.splits, (self.sums,), self.rules.threshold)

    def protect_rows(self) -> bool:
        """Hide rows until none can be worked out; return whether that was found to be enough."""
        while (exposed := next(list_exposed_rows(self.table()), None)) is not None:
            chosen = self.choose_row(exposed)
            if chosen is None:
                return False
            self.hide_row(chosen)
        return True

    def protect_splits(self) -> bool:
        """Hide splits until none can be worked out; return whether that was found to be enough."""
        self.settle_splits()
        while (exposed := next(list_exposed_splits(self.table()), None)) is not None:
            chosen = self.choose_split(exposed)
            if chosen is None:
                return False
            self.hide_split(chosen)
        return True

    def hide_everything(self) -> None:
        """Hide the row of every group; only the labels then tell anything."""
        self.rows = [_label_row(count, self.rules) for count in self.sums]
        self.splits = [None] * len(self.sums)

    def hide_row(self, number: int) -> None:
        """Hide the row of a group, and at least one in each group that hidden ones are in.

        Of a small group nothing is shown, of its parts neither; of one that is not much larger
        not who has nobody, or it would be known not to be small.
        """
        count = self.sums[number]
        self.rows[number] = _label_row(count, self.rules)
        if count.total < TOLD_GROUP:
            for one in self.tree.below(number):
                if count.total < SMALL_GROUP or not self.sums[one].total:
                    self.rows[one] = Suppression.PRIMARY
        parts = [part for part in self.tree.parts[number] if self.sums[part].total]
        if parts and all(self.rows[part] is None for part in parts):
            self.hide_row(self.cheapest(parts))

    def settle_splits(self) -> None:
        """Hide the splits that are small, of rows that are shown."""
        for number, count in enumerate(self.sums):
            is_small = self.rules.is_small(count.white) or self.rules.is_small(count.unknown)
            if self.rows[number] is None and is_small:
                self.hide_split(number)

    def hide_split(self, number: int) -> None:
        """Hide the split of a group whose row is shown."""
        self.splits[number] = _label_split(self.sums[number], self.rules)

    def choose_row(self, exposed: int) -> int | None:
        """Return whose row to hide next, so that an exposed one is less so; None if none is."""
        inside = self._shown_rows(exposed)
        if inside and find_freedoms(self.table(), is_told_above=False)[exposed].is_narrow(
            self.rules.width
        ):
            return self.cheapest(inside)
        above = self.tree.parents[exposed]
        while above is not None:
            shown = [part for part in self.tree.parts[above] if self._is_shown(part)]
            if shown:
                return self.cheapest(shown)
            if self.rows[above] is None:
                return above
            above = self.tree.parents[above]
        return None

    def _is_shown(self, number: int) -> bool:
        """Return whether the row of a group is shown and has people in it."""
        return self.rows[number] is None and self.sums[number].total > 0

    def _shown_rows(self, number: int) -> list[int]:
        """Return the groups in a group whose row is shown and has people in it."""
        return [one for one in self.tree.below(number) if self._is_shown(one)]

    def choose_split(self, exposed: int) -> int | None:
        """Return whose split to hide next, so that an exposed one is less so; None likewise."""
        above = self.tree.parents[exposed]
        while above is not None:
            shown = [one for one in self._shown_splits(above) if one != above]
            if shown:
                return self.cheapest(shown)
            if self.rows[above] is None and self.splits[above] is None:
                return above
            above = self.tree.parents[above]
        return None

    def cheapest(self, numbers: Sequence[int]) -> int:
        """Return the group whose row is best hidden: with room in it, low in the tree, small."""
        room = 2 * self.rules.threshold
        return min(
            (one for one in numbers if self.sums[one].total),
            key=lambda one: (
                min(self.sums[one].bme, self.sums[one].total - self.sums[one].bme) < room,
                len(self.tree.cells[one]),
                self.sums[one].total,
            ),
        )

    def _shown_splits(self, above: int) -> Iterator[int]:
        """Yield the uppermost groups in a group whose split is shown and has people in it."""
        for part in self.tree.parts[above]:
            if self.rows[part] is None and self.splits[part] is None:
                if self.sums[part].total > self.sums[part].bme:
                    yield part
            else:
                yield from self._shown_splits(part)

    def decision(self) -> Decision:
        """Return the decision that has been made."""
        names = [group.name for group in self.tree.groups]
        return Decision(
            self.rules,
            {name: why for name, why in zip(names, self.rows, strict=True) if why},
            {name: why for name, why in zip(names, self.splits, strict=True) if why},
        )


def _is_small_row(count: Count, rules: Rules) -> bool:
    return (
        0 < count.total < SMALL_GROUP
        or rules.is_small(count.bme)
        or rules.is_small(count.total - count.bme)
    )


def _label_row(count: Count, rules: Rules) -> Suppression:
    """Return why a row is hidden: primary too where it has none of one kind, as none is few."""
    fewest = min(count.bme, count.total - count.bme)
    is_primary = count.total < TOLD_GROUP or fewest <= rules.threshold
    return Suppression.PRIMARY if is_primary else Suppression.SECONDARY


def _label_split(count: Count, rules: Rules) -> Suppression:
    """Return why a split is hidden: primary too where there are few others, however divided."""
    fewest, others = min(count.white, count.unknown), count.white + count.unknown
    is_primary = fewest <= rules.threshold or others < UNTOLD * (rules.threshold + 1)
    return Suppression.PRIMARY if is_primary else Suppression.SECONDARY


def _goes_with(tree: Tree, counts: Cells, rules: Rules, earlier: Sequence[Edition]) -> bool:
    """Return whether what the first edition hid protects a further one, and all before, too."""
    first = earlier[0].decision
    same = all(
        (one.decision.rows, one.decision.splits) == (first.rows, first.splits) for one in earlier
    )
    sums = tree.add_up(counts)
    names = [group.name for group in tree.groups]
    if not same or first.rules.threshold != rules.threshold:
        return False
    for name, count in zip(names, sums, strict=True):
        if first.shows(name) and _is_small_row(count, rules):
            return False
        is_small = rules.is_small(count.white) or rules.is_small(count.unknown)
        if first.shows(name, Layer.SPLIT) and is_small:
            return False
    table = Table(
        tree,
        [first.rows.get(name) for name in names],
        [first.splits.get(name) for name in names],
        (*(tree.add_up(one.counts) for one in earlier), sums),
        rules.threshold,
    )
    exposed = [*list_exposed_rows(table), *list_exposed_splits(table)]
    return not exposed


def _show_unchanged(tree: Tree, counts: Cells, rules: Rules, newest: Edition) -> Decision:
    """Return the decision that shows only what was shown just before and is the same now."""
    before = newest.decision
    changed = {
        cell
        for cell in tree.cells[0]
        if counts.get(cell, Count()) != newest.counts.get(cell, Count())
    }
    names = [
        group.name
        for group, cells in zip(tree.groups, tree.cells, strict=True)
        if cells & changed and group.name not in before.rows
    ]
    rows = {**before.rows, **dict.fromkeys(names, Suppression.SECONDARY)}
    splits = {name: why for name, why in before.splits.items() if name not in rows}
    return Decision(rules, rows, splits)

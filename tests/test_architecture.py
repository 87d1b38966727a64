"""Keeps the house: floors, names, marks, rules, sizes."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "pcc_portal"
LONGEST_FILE = 300
LONGEST_FUNCTION = 40

# What each floor may import of the house, besides itself and the ground (settings, language, routes, …).
GROUND = {
    "settings",
    "language",
    "routes",
    "logs",
    "cookie",
    "sample_people",
    "reflex_internals",
    "frontend",
    "frontend_files",
    "frontend_pages",
}
FLOORS: dict[str, set[str]] = {
    "domain": set(),
    "db": {"domain"},
    "integrations": {"domain", "db"},
    "cards": {"domain", "db", "integrations"},
    "services": {"domain", "db", "integrations", "cards"},
    "live": {"db", "domain"},
    "state": {"services", "cards", "domain", "live"},
    "web": {"services", "cards", "domain", "integrations"},
    "components": {"cards", "domain", "state"},
    "pages": {"components", "cards", "domain", "state"},
    "demo": {"db", "domain", "integrations", "services"},
    "commands": {"db", "domain", "integrations", "services", "demo", "doctor", "serve"},
}
# Services whose callers have no actor yet: the door itself.
DOOR = {
    "identity.actor_of",
    "identity.sign_out",
    "identity.record_refusal",
    "sign_in.sign_in",
    "record_import.clinics",
}


def sources(folder: Path = HOUSE) -> list[Path]:
    """Every Python file of the house but the migrations."""
    return [p for p in sorted(folder.rglob("*.py")) if "versions" not in p.parts]


def imported(path: Path) -> Iterator[str]:
    """The house modules a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pcc_portal"):
            if node.module == "pcc_portal":
                yield from (f"pcc_portal.{alias.name}" for alias in node.names)
            else:
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("pcc_portal."))


def parsed(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    """The files of a floor, parsed."""
    for path in sources(HOUSE / folder):
        yield path, ast.parse(path.read_text())


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods too."""
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("floor", sorted(FLOORS))
def test_a_floor_imports_only_downward(floor: str):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(HOUSE / floor)
        for name in imported(path)
        if (room := name.split(".")[1]) != floor and room not in FLOORS[floor] | GROUND
    ]
    assert wrong == []


def test_every_floor_is_known():
    found = {p.name for p in HOUSE.iterdir() if p.is_dir() and list(p.glob("*.py"))}
    assert found <= set(FLOORS) | {"locales"}


def test_domain_is_pure():
    banned = {"reflex", "sqlmodel", "sqlalchemy", "starlette", "asyncio", "httpx", "os", "pathlib"}
    wrong = [
        f"{path.name}: {node.module}"
        for path, tree in parsed("domain")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in banned
    ]
    assert wrong == []


def test_no_file_and_no_function_is_too_long():
    wrong = []
    for path in sources():
        text = path.read_text()
        if text.count("\n") > LONGEST_FILE:
            wrong.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in functions(ast.parse(text)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    assert wrong == []


def test_every_public_function_of_the_lower_floors_says_what_it_does():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for floor in ("domain", "db", "services", "cards", "integrations", "live", "web")
        for path, tree in parsed(floor)
        if "migrations" not in path.parts
        for node in functions(tree)
        if not node.name.startswith("_") and not ast.get_docstring(node) and _is_outer(tree, node)
    ]
    assert wrong == []


def _is_outer(tree: ast.Module, node: ast.AST) -> bool:
    """Whether a function stands in the module or in a class, not inside another function."""
    holders = [tree, *(n for n in tree.body if isinstance(n, ast.ClassDef))]
    return any(node in holder.body for holder in holders)


def test_every_service_takes_the_actor_first():
    wrong = []
    for path, tree in parsed("services"):
        for node in tree.body:
            name = f"{path.stem}.{getattr(node, 'name', '')}"
            if not isinstance(node, ast.AsyncFunctionDef) or node.name.startswith("_") or name in DOOR:
                continue
            first = node.args.args[0] if node.args.args else None
            if first is None or first.arg not in {"actor", "work"}:
                wrong.append(name)
    assert wrong == []


def test_services_do_not_call_services():
    wrong = [
        f"{path.name} imports {name}"
        for path in sources(HOUSE / "services")
        for name in imported(path)
        if name.startswith("pcc_portal.services.") and not _same_noun(path.stem, name.rsplit(".", 1)[1])
    ]
    assert wrong == []


def _same_noun(one: str, other: str) -> bool:
    """Files of one noun may share (record_import, record_batch; identity, sign_in at the door)."""
    return one.split("_")[0] == other.split("_")[0] or {one, other} <= {"identity", "sign_in"}


def test_only_the_door_opens_an_unguarded_session():
    allowed = {"services/identity.py", "services/sign_in.py"}
    wrong = [
        str(path.relative_to(HOUSE))
        for path in sources()
        if "pcc_portal.db.door" in set(imported(path)) and str(path.relative_to(HOUSE)) not in allowed
    ]
    assert wrong == []


def test_only_the_queue_sees_with_the_portals_eyes():
    wrong = [
        str(path.relative_to(HOUSE))
        for path in sources()
        if ".internal(" in path.read_text() and path.name not in {"queue.py", "unit_of_work.py"}
    ]
    assert wrong == []


def test_every_table_has_a_visibility_rule_and_belongs_to_a_clinic():
    from pcc_portal.db import tables
    from pcc_portal.db.visibility import VISIBLE_TO

    models = {getattr(tables, name) for name in tables.__all__}
    assert {model.__tablename__ for model in models} == set(SQLModel.metadata.tables)
    assert {model.__name__ for model in models - set(VISIBLE_TO)} == set()


def test_every_handler_has_an_access_mark_and_is_async():
    import pcc_portal.pages.register  # noqa: F401 - registers every State
    from pcc_portal.state import framework
    from pcc_portal.state.access import access_of

    ours = {n: h for n, h in framework.handlers().items() if h.fn.__module__.startswith("pcc_portal.")}
    assert len(ours) > 20
    assert [name for name, handler in ours.items() if access_of(handler.fn) is None] == []
    slow = [name for name, h in ours.items() if not _is_async(h.fn)]
    assert slow == []
    assert [name for name in ours if name.rpartition(".")[2].startswith("set_")] == []


def _is_async(function: object) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def test_no_state_holds_a_row_or_asks_the_database():
    import pcc_portal.pages.register  # noqa: F401
    from pcc_portal.state.portal import PortalState

    wrong = [
        f"{state.__name__}.{name}"
        for state in [PortalState, *PortalState.get_substates()]
        for name, var in state.base_vars.items()
        if inspect.isclass(var._var_type) and issubclass(var._var_type, SQLModel)
    ]
    assert wrong == []
    for path, tree in parsed("state"):
        assert not any(n.module == "sqlmodel" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)), path


def test_nothing_was_ruled_out_and_used_all_the_same():
    banned = ("rx.Model", "SharedState", "rx.Cookie", "rx.LocalStorage", "rx.SessionStorage", "radix")
    wrong = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in sources()
        for word in banned
        if word in path.read_text()
    ]
    assert wrong == []

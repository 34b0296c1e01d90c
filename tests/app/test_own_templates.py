"""What lies in the newsroom's folder is read where it can be, and named with the reason where it cannot."""

import os
from pathlib import Path

import pytest

from digest.app.own_templates import Fault, OwnTemplates, Texts, is_hidden, own_templates
from digest.errors import TemplateError


def fault_of(folder: Path) -> tuple[str, Fault]:
    """Return the one thing that is wrong in a folder."""
    found = own_templates(folder)
    assert (found.texts, found.others) == ({}, ())
    ((name, fault),) = found.faults.items()
    assert fault.mend
    return name, fault


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    found = own_templates(tmp_path / "nowhere")
    assert found == OwnTemplates(texts={}, faults={})
    assert found.names == ()


def test_only_j2_files_are_templates_and_the_others_are_named(tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    for name in ("daily.html.j2", "partials/note.txt.j2", "notes.md"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    found = own_templates(tmp_path)
    assert found.texts == {"daily.html.j2": "daily.html.j2", "partials/note.txt.j2": "partials/note.txt.j2"}
    assert (found.others, found.faults) == (("notes.md",), {})
    assert found.names == ("daily.html.j2", "notes.md", "partials/note.txt.j2")


HIDDEN = (".daily.html.j2.swp", ".DS_Store", "daily.html.j2~", "daily.html.j2.swp", ".git/config", ".git/x.html.j2")


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_files_and_folders_and_safety_copies_are_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\xff")
    assert own_templates(tmp_path).names == ()
    assert is_hidden(Path(name).parts[0])


def test_a_file_that_is_no_text_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "daily.html.j2").write_bytes(b"abc\xff")
    found = f"{tmp_path}/daily.html.j2 is not UTF-8 at byte 3"
    assert fault_of(tmp_path) == ("daily.html.j2", Fault(found=found, mend="save the file as UTF-8.", stands=True))


def test_a_file_that_cannot_be_read_keeps_its_place_and_says_why(tmp_path: Path) -> None:
    unreadable = Path("/proc/self/mem")  # opens, and cannot be read at its beginning, whoever asks
    if not unreadable.exists():
        pytest.skip("there is no /proc here")
    (tmp_path / "daily.html.j2").symlink_to(unreadable)
    name, fault = fault_of(tmp_path)
    assert (name, fault.stands) == ("daily.html.j2", True)
    assert fault.found == f"{tmp_path}/daily.html.j2 cannot be read (Input/output error)"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("a folder", "is a folder"),
        ("a pipe", "is no file"),
        ("a dangling link", "is a link that leads nowhere"),
        ("a link to itself", "cannot be read (Too many levels of symbolic links)"),
    ],
)
def test_what_is_no_file_is_named_and_leaves_its_place_to_ours(tmp_path: Path, kind: str, said: str) -> None:
    path = tmp_path / "daily.html.j2"
    match kind:
        case "a folder":
            path.mkdir()
            (path / "within.html.j2").touch()
        case "a pipe":
            os.mkfifo(path)
        case "a dangling link":
            path.symlink_to("nowhere")
        case _:
            path.symlink_to(path)
    name, fault = fault_of(tmp_path)
    assert (name, fault.found, fault.stands) == ("daily.html.j2", f"{path} {said}", False)


def test_a_linked_folder_is_read_and_a_circle_of_links_is_named(tmp_path: Path) -> None:
    own, shared = tmp_path / "own", tmp_path / "shared"
    own.mkdir()
    shared.mkdir()
    (shared / "note.html.j2").write_text("x", encoding="utf-8")
    (own / "partials").symlink_to(shared)
    assert own_templates(own).texts == {"partials/note.html.j2": "x"}
    (shared / "back").symlink_to(own)
    found = own_templates(own)
    assert found.texts == {"partials/note.html.j2": "x"}
    assert found.faults["partials/back"].found == f"{own}/partials/back is a link to a folder that it lies in"


@pytest.mark.parametrize(("kind", "said"), [("a file", "(Not a directory)"), ("a dangling link", "leads nowhere")])
def test_templates_that_are_no_folder_are_named(tmp_path: Path, kind: str, said: str) -> None:
    folder = tmp_path / "templates"
    if kind == "a file":
        folder.touch()
    else:
        folder.symlink_to("nowhere")
    name, fault = fault_of(folder)
    assert name == "templates"
    assert said in fault.found


def test_a_text_that_cannot_be_read_says_so_where_it_is_asked_for() -> None:
    faults = {"b": Fault(found="b is broken", mend="mend it.", stands=True), "c": Fault(found="no file", mend="x")}
    texts = Texts({"a": "A", "b": "ours", "c": "C"}, faults)
    assert (texts["a"], texts["c"], len(texts), sorted(texts)) == ("A", "C", 3, ["a", "b", "c"])
    assert "d" not in texts
    with pytest.raises(TemplateError, match="b is broken") as caught:
        texts["b"]
    assert caught.value.mend == "mend it."

"""What a page's module imports, found in its text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copilot.web.assets import Assets, imported, modules_by_page, named_in, read_files
from copilot.web.pages import STATIC


def modules(**texts: str) -> tuple[str, ...]:
    """What `js/page.js` imports, where these are its and the others' texts; `__` in a name is a folder."""
    by_path = {f"js/{name.replace('__', '/')}.js": text for name, text in texts.items()}
    return imported("js/page.js", lambda path: named_in(path, by_path[path]))


class TestImported:
    def test_a_module_alone_imports_nothing(self) -> None:
        assert modules(page="export const one = 1;") == ()

    def test_what_is_imported_comes_before_what_that_imports(self) -> None:
        assert modules(
            page='import { a } from "./a.js";\nimport { b } from "./b.js";',
            a='import { c } from "./panel/c.js";',
            b="",
            panel__c='import "../d.js";',
            d="",
        ) == ("js/a.js", "js/b.js", "js/panel/c.js", "js/d.js")

    def test_each_is_named_once_also_where_two_import_one_another(self) -> None:
        assert modules(page='import "./a.js";', a='import "./b.js";', b='import "./a.js";\nimport "./page.js";') == (
            "js/a.js",
            "js/b.js",
        )

    @pytest.mark.parametrize(
        "text",
        [
            'import{h as t,render}from"./a.js";const x=1;',
            'import {\n  one,\n  two,\n} from "./a.js";',
            'export { one } from "./a.js";',
            "import one from './a.js';",
        ],
    )
    def test_every_way_to_import_counts(self, text: str) -> None:
        assert modules(page=text, a="") == ("js/a.js",)

    @pytest.mark.parametrize(
        "text", ['await import("./a.js");', '/** @type {import("./a.js").A} */', 'new URL("./a.js", import.meta.url)']
    )
    def test_what_comes_only_when_called_for_does_not(self, text: str) -> None:
        assert modules(page=text) == ()


class TestModulesByPage:
    def test_the_review_has_its_parts_and_the_libraries_but_no_other_page(self) -> None:
        found = modules_by_page(read_files(STATIC))["call"]
        assert {"js/review/review.js", "js/panel/panel.js", "vendor/preact.js"} <= set(found)
        assert not [path for path in found if path.startswith("js/team/")]

    def test_every_template_with_a_script_has_a_module_of_its_name(self) -> None:
        templates = Path(STATIC.parent / "templates").glob("*.html")
        with_scripts = {
            name for t in templates for name in re.findall(r'set module = "(\w+)"', t.read_text(encoding="utf-8"))
        }
        assert with_scripts
        assert with_scripts <= set(modules_by_page(read_files(STATIC)))


class TestAddresses:
    def test_change_with_any_file_and_only_then(self) -> None:
        files = {"js/page.js": b'import "./a.js";', "js/a.js": b"", "css/page.css": b""}
        one = Assets(files)
        assert one.address("js/a.js") == Assets(dict(reversed(files.items()))).address("js/a.js")
        assert one.address("js/a.js") != Assets({**files, "css/page.css": b" "}).address("js/a.js")
        assert one.modules("page") == [one.address("js/a.js")]
        assert one.modules("docs") == []

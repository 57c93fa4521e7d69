from __future__ import annotations

import email
import re
from email import policy
from html.parser import HTMLParser

import pytest

from copilot.review.summary_email import (
    as_draft,
    as_html,
    as_markdown,
    as_text,
    write_letter,
)
from copilot.review.summary_email.wording import LANGUAGES
from tests.unit.review.calls import OUTCOME, SIGN_ON, SYNC, keyed, whole_call
from tests.unit.review.letters import every_form


class TestLanguages:
    @pytest.mark.parametrize(
        ("language", "heading"),
        [
            ("de-AT", "WAS SIE ERREICHEN WOLLEN"),
            ("fr", "CE QUE VOUS VOULEZ ATTEINDRE"),
            ("es_MX", "LO QUE QUIEREN LOGRAR"),
            ("pt-BR", "WHAT YOU WANT TO REACH"),
        ],
    )
    def test_the_frame_follows_the_call(self, language: str, heading: str) -> None:
        letter = write_letter(whole_call(language=language))

        assert heading in as_text(letter)
        assert f'<html lang="{letter.words.language}">' in as_html(letter)

    def test_a_wish_goes_before_the_calls_own(self) -> None:
        assert write_letter(whole_call(language="de"), language="fr").words.language == "fr"

    def test_every_language_has_a_place_for_what_is_filled_in(self) -> None:
        for words in LANGUAGES.values():
            filled = {name for name, text in words.model_dump().items() if "{}" in text}
            assert filled == {name for name, text in LANGUAGES["en"].model_dump().items() if "{}" in text}


class TestForms:
    def test_every_form_tells_the_same(self) -> None:
        told = (
            "A release takes four weeks",
            "Two-way sync with the tracker",
            "six weeks",
            "Send the last four reports",
        )

        for form, text in every_form(whole_call(capabilities=keyed(SYNC, SIGN_ON))).items():
            assert all(piece in text for piece in told), form

    def test_what_people_say_never_becomes_markup(self) -> None:
        hostile = "<img src=x onerror=alert(1)> [click](http://evil.example) **now** | `rm` www.evil.example"
        letter = write_letter(whole_call(outcomes=keyed(OUTCOME.model_copy(update={"text": hostile}))))

        page = as_html(letter)
        assert "<img" not in page
        assert "&lt;img src=x" in page
        markdown = as_markdown(letter)
        assert not re.search(r"(?<!\\)(?:<img|\[click\]|\]\(|\| `|\*\*now|http://|www\.)", markdown)

    def test_a_line_break_in_a_text_makes_no_header(self) -> None:
        letter = write_letter(whole_call(outcomes=keyed(OUTCOME.model_copy(update={"text": "faster\r\nBcc: x@y.zz"}))))

        draft = email.message_from_bytes(as_draft(letter, to=["luis@acme.example"]), policy=policy.default)
        assert draft["Bcc"] is None
        assert draft["Subject"] == "What we heard and agreed: Faster Bcc: x@y.zz"

    def test_the_draft_opens_for_editing_with_both_bodies(self) -> None:
        letter = write_letter(whole_call())
        draft = email.message_from_bytes(
            as_draft(letter, sender="dana@vendor.example", to=["luis@acme.example"]), policy=policy.default
        )

        assert (draft["From"], draft["To"], draft["X-Unsent"]) == ("dana@vendor.example", "luis@acme.example", "1")
        assert draft.get_content_type() == "multipart/alternative"
        plain, page = draft.get_body(("plain",)), draft.get_body(("html",))
        assert plain is not None
        assert page is not None
        assert plain.get_content().replace("\r\n", "\n") == as_text(letter)
        assert page.get_content().replace("\r\n", "\n") == as_html(letter) + "\n"

    def test_the_page_needs_nothing_from_elsewhere_and_no_style_sheet(self) -> None:
        page = as_html(write_letter(whole_call()))

        assert not re.search(
            r"https?://|<style|<script|<link|<img|url\(|class=|position:|display:\s*(?:flex|grid)", page
        )

    def test_the_page_closes_every_tag_and_names_its_layout_tables(self) -> None:
        class Tags(HTMLParser):
            def __init__(self) -> None:
                super().__init__()
                self.open: list[str] = []

            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                if tag not in ("meta", "br"):
                    self.open.append(tag)
                if tag == "table":
                    assert dict(attrs)["role"] == "presentation"

            def handle_endtag(self, tag: str) -> None:
                assert self.open.pop() == tag

        tags = Tags()
        tags.feed(as_html(write_letter(whole_call())))
        assert tags.open == []

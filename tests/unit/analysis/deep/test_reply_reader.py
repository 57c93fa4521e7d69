from __future__ import annotations

import json
from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.analysis.deep.reply import LiveReply, WireOp, WireSentence, WrapUpReply
from copilot.analysis.deep.reply_reader import MOST_CHARACTERS, MOST_PARTS, Part, ReplyReader
from tests.unit.analysis.deep.wires import wire

texts = st.text(alphabet=st.sampled_from('ab "\\{}[]:,\n\u00e9\u2028𝄞'), max_size=12)
ops = st.lists(
    st.builds(
        lambda quote, text, links: wire("add_capability", (3, quote), text=text, outcomes=links),
        texts,
        st.none() | texts,
        st.none() | st.lists(texts, max_size=2),
    ),
    max_size=4,
)


def read(
    text: str, *cuts: int, reply: type[LiveReply] | type[WrapUpReply] = LiveReply
) -> tuple[list[Part], ReplyReader]:
    reader = ReplyReader(reply)
    places = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    parts = [part for a, b in pairwise(places) for part in reader.feed(text[a:b])]
    return parts, reader


class TestAReplyInPieces:
    @given(ops, st.lists(st.integers(0, 10_000), max_size=8), st.booleans(), st.booleans())
    def test_reads_the_same_however_it_is_cut(
        self, sent: list[WireOp], cuts: list[int], indented: bool, ascii_only: bool
    ) -> None:
        content = LiveReply(ops=sent).model_dump()
        text = json.dumps(content, indent=1 if indented else None, ensure_ascii=ascii_only)
        parts, reader = read(text, *cuts)

        assert parts == sent
        assert reader.complete
        assert reader.malformed == 0

    @settings(max_examples=30)
    @given(ops)
    def test_gives_each_op_with_its_last_brace_and_not_before(self, sent: list[WireOp]) -> None:
        text = LiveReply(ops=sent).model_dump_json()
        reader = ReplyReader(LiveReply)
        came: list[tuple[int, Part]] = []
        for at, letter in enumerate(text):
            came.extend((at, part) for part in reader.feed(letter))

        assert [part for _, part in came] == sent
        assert all(text[: at + 1].endswith("}") and not text[: at + 1].endswith("}]}") for at, _ in came)

    @settings(max_examples=30)
    @given(ops, st.integers(0, 10_000))
    def test_keeps_what_was_complete_when_it_was_cut(self, sent: list[WireOp], cut: int) -> None:
        text = LiveReply(ops=sent).model_dump_json()
        ends = accumulate(len(op.model_dump_json()) + 1 for op in sent)
        shorter = cut % len(text)
        parts, reader = read(text[:shorter])

        assert parts == sent[: sum(len('{"ops":[') + end - 1 <= shorter for end in ends)]
        assert not reader.complete

    @given(st.text(), st.lists(st.integers(0, 1000), max_size=3))
    def test_never_raises(self, text: str, cuts: list[int]) -> None:
        whole, _ = read(text)
        pieces, _ = read(text, *cuts)

        assert whole == pieces


class TestWhatIsNotAsItShouldBe:
    def test_an_op_without_its_shape_is_skipped_and_counted(self) -> None:
        good = wire("retire", (1, "x"), id="O1")
        text = f'{{"ops": [{{"op": "explode", "evidence": []}}, 7, {good.model_dump_json()}, {{"evidence": "no"}}]}}'
        parts, reader = read(text)

        assert parts == [good]
        assert (reader.malformed, reader.complete) == (2, True)

    def test_words_and_a_fence_around_it_are_put_up_with(self) -> None:
        good = wire("retire", (1, "x"), id="O1")
        parts, reader = read(
            f"Here [1] it is {{so}}:\n```json\n{LiveReply(ops=[good]).model_dump_json()}\n```\nDone {{}}."
        )

        assert parts == [good]
        assert reader.complete

    def test_missing_fields_are_null_and_unknown_ones_nothing(self) -> None:
        parts, _ = read('{"note": "hm", "ops": [{"op": "retire", "evidence": [], "id": "O1", "confidence": 0.9}]}')

        assert parts == [wire("retire", id="O1")]

    def test_a_bare_list_is_a_reply(self) -> None:
        parts, reader = read('[{"op": "retire", "evidence": [], "id": "O1"}]')

        assert parts == [wire("retire", id="O1")]
        assert reader.complete

    def test_lists_that_nobody_asked_for_are_passed_over(self) -> None:
        good = wire("retire", (1, "x"), id="O1")
        parts, reader = read(f'{{"notes": [{{"a": [1]}}], "ops": [{good.model_dump_json()}], "prose": [{{"a": 1}}]}}')

        assert parts == [good]
        assert reader.complete

    def test_brackets_that_do_not_match_end_it(self) -> None:
        good = wire("retire", (1, "x"), id="O1").model_dump_json()
        parts, reader = read(f'{{"ops": [{good}, }}], "ops": [{good}]}}')

        assert len(parts) == 1
        assert not reader.complete

    def test_no_json_is_no_reply(self) -> None:
        assert read("I am sorry, but I cannot help with that.")[1].complete is False

    def test_a_reply_without_end_is_read_only_so_far(self) -> None:
        parts, reader = read('{"ops": [{"op": "retire", "evidence": [], "why": "' + "x" * MOST_CHARACTERS)
        many, flooded = read('{"ops": [' + '{"op": "retire", "evidence": []},' * (MOST_PARTS + 5))

        assert (parts, reader.overlong) == ([], True)
        assert (len(many), flooded.overlong) == (MOST_PARTS + 1, True)

    def test_nesting_without_end_is_no_harm(self) -> None:
        parts, reader = read('{"ops": [{"op": "retire", "evidence": ' + "[" * 5000)

        assert parts == []
        assert not reader.complete

    def test_a_number_without_end_is_no_harm(self) -> None:
        _, reader = read('{"ops": [{"op": "retire", "evidence": [{"quote": "x", "utterance": ' + "9" * 6000 + "}]}]}")

        assert reader.malformed == 1


def test_a_wrap_up_has_sentences_beside_its_ops() -> None:
    sentence = WireSentence(evidence=[], purpose="coaching", text="Well asked.")
    sent = WrapUpReply(ops=[wire("retire", (1, "x"), id="O1")], prose=[sentence])
    parts, reader = read(sent.model_dump_json(), reply=WrapUpReply)

    assert parts == [*sent.ops, sentence]
    assert reader.complete

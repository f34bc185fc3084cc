"""Guides made of sentence templates and invented names, for property tests of the whole way."""

from __future__ import annotations

from hypothesis import strategies as st

_SYLLABLES = ("bor", "kes", "trel", "dun", "mar", "vik", "sol", "quen", "tal", "rix", "öst", "fen")
_words = st.lists(st.sampled_from(_SYLLABLES), min_size=2, max_size=3).map(
    lambda parts: "".join(parts).capitalize()
)
_people = st.builds("{} {}".format, st.sampled_from(["Anna", "Jonas", "Maria", "Tom"]), _words)
_labs = st.builds("{} {}".format, _words, st.sampled_from(["Labs", "AI", "Robotics", "Institute"]))
_models = st.builds("{} {}".format, _words, st.sampled_from(["2", "3.5", "Pro", "70B", "R1"]))
_known = st.sampled_from(["OpenAI", "GPT-5", "Mixture of Experts (MoE)", "MMLU", "H100", "China"])
_hostile = st.sampled_from(
    ["<b>Bold</b>", '"Quote" & Co', "R&D {x}", "a\u0301b", "北京", "🎙", "\u202eLTR", "--", "[x](y)"]
)
_anything = st.one_of(_people, _labs, _models, _known, _hostile)
_sentences = st.one_of(
    st.builds("{} is the CEO of {}.".format, _people, _labs),
    st.builds("{} released {}, which uses {}.".format, _labs, _models, _anything),
    st.builds("{} has not released {}.".format, _labs, _models),
    st.builds("Will {} buy {}?".format, _labs, _labs),
    st.builds("{} was trained on {}. It beats {}.".format, _models, _anything, _models),
    st.builds("{}'s {} is fast, and the company is glad.".format, _labs, _models),
    st.builds("{} met {} and {}.".format, _people, _people, _anything),
    st.builds("{}, {} and {}.".format, _anything, _anything, _anything),
    st.builds("If {} joins {}, {} will be replaced.".format, _people, _labs, _models),
)
_blocks = st.one_of(
    st.lists(_sentences, min_size=1, max_size=3).map(" ".join),
    st.builds("- **{}**: {}".format, _anything, _sentences),
    st.builds("- {}  - {}".format, _anything, _sentences),
    st.builds("“{}”\n— {}, {}".format, _sentences, _people, _labs),
    st.builds("## {}".format, _anything),
    st.builds("## Themes\n\n- {}\n- {}".format, _anything, _anything),
)
_titles = st.builds("#{} – {} | {} Podcast".format, st.integers(1, 999), _anything, _words)
guides = st.builds(
    lambda title, blocks: "\n\n".join([title, *blocks]) + "\n",
    _titles,
    st.lists(_blocks, min_size=1, max_size=6),
)
"""Texts of whole guides: title, prose, items, quotations, headings, themes."""

// The guide's own text, with the names in it as links and a passage highlighted.

const guideView = (() => {
  let shown = null; // what the view was built for

  /** Names in an episode's text, the longer first where two start together. */
  function mentionsIn(episode) {
    return ENTITIES.flatMap((entity, number) => (isEpisode(number) ? [] : entity.passages)
      .filter((passage) => passage.episode === episode)
      .map((passage) => ({ entity: number, start: passage.start, end: passage.start + passage.length })))
      .sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** One paragraph: its names as links, the part inside the passage marked. */
  function pieces(text, start, mentions, passage) {
    const link = (words, mention) => stateLink(choose(mention.entity), { class: "mention", "data-entity": String(mention.entity) }, words);
    const inside = (from, to) => cut(text.slice(from - start, to - start),
      mentions.filter((mention) => mention.start >= from && mention.end <= to)
        .map((mention) => ({ ...mention, start: mention.start - from, end: mention.end - from })), link);
    const end = start + text.length;
    const from = passage ? Math.max(start, passage.start) : end;
    const to = passage ? Math.min(end, passage.start + passage.length) : end;
    if (!passage || from >= to) return inside(start, end);
    // A name that straddles the passage's edge stays text.
    return [inside(start, from), el("mark", { class: "passage" }, inside(from, to)), inside(to, end)];
  }

  function body(episode, passage) {
    const { text, sections = [] } = EPISODES[episode];
    const levels = new Map(sections.map(([start, , level]) => [start, level]));
    const mentions = mentionsIn(episode);
    const paragraphs = [];
    let start = 0;
    let next = 0;
    for (const line of text.split("\n")) {
      const end = start + line.length;
      while (next < mentions.length && mentions[next].start < start) next += 1;
      let last = next;
      while (last < mentions.length && mentions[last].start < end) last += 1;
      if (line.trim()) {
        const level = levels.get(start + line.length - line.trimStart().length);
        paragraphs.push(el(level ? `h${Math.min(6, level + 2)}` : "p", {}, pieces(line, start, mentions.slice(next, last), passage)));
      }
      start = end + 1;
    }
    return paragraphs;
  }

  function picker(episode) {
    if (EPISODES.length < 2) return null;
    return el("label", { class: "pick" }, "Episode ", el("select", { onchange: (event) => go({ passage: { episode: Number(event.target.value), start: 0, length: 1 } }) },
      EPISODES.map((known, number) => el("option", { value: String(number), selected: number === episode }, known.title))));
  }

  return function show(root) {
    const episode = state.passage ? state.passage.episode : state.episode || 0;
    const key = EPISODES.length ? `${episode} ${state.passage ? `${state.passage.start} ${state.passage.length}` : ""}` : "none";
    if (shown !== key) {
      shown = key;
      const guide = EPISODES[episode];
      if (!guide || !guide.text) root.replaceChildren(el("p", { class: "extra" }, "The guide’s text is not part of this page."));
      else {
        root.replaceChildren(picker(episode), el("article", { class: "guide", tabindex: "-1", "aria-label": `Guide to ${guide.title}` }, body(episode, state.passage)));
        const passage = root.querySelector(".passage");
        if (passage) passage.scrollIntoView({ block: "center" });
        else root.scrollTop = 0;
      }
    }
    for (const link of root.querySelectorAll(".mention")) {
      link.classList.toggle("here", Number(link.dataset.entity) === state.entity);
    }
  };
})();

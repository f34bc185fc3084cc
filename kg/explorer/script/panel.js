// The panel at the side: the overview, one entity, or what links two of them.

const heading = (text) => el("h2", { tabindex: "-1", id: "panel-title" }, text);

function overviewPanel() {
  const ranked = ENTITIES.map((_, entity) => entity).filter((entity) => !isEpisode(entity) && statedOf(entity).length);
  const linked = ranked.map((entity) => [entity, new Set(statedOf(entity).map((statement) => other(statement, entity))).size])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const most = linked.length ? linked[0][1] : 1;
  const single = EPISODES.length === 1;
  const total = ENTITIES.filter((_, entity) => !isEpisode(entity)).length;
  const stated = STATEMENTS.filter((statement) => !joinsEpisode(statement) && isFact(statement)).length;
  return [
    heading("At a glance"),
    el("p", { class: "lead" }, `${count(total, "name", "names")} and ${count(stated, "relation", "relations")} between them, each with the sentence that states it. Pick a name, here or in the drawing.`),
    linked.length > 0 && el("section", {}, el("h3", {}, "Most connected"),
      el("ol", { class: "ranks" }, linked.slice(0, 10).map(([entity, links]) => el("li", {},
        entityLink(entity), meter(links / most), el("span", { class: "number" }, String(links)))))),
    el("section", {}, el("h3", {}, "How are two linked?"),
      el("p", {}, "Choose two names and read the chain of statements between them."),
      button("Find a path", () => go({ path: [null, null], entity: null, pair: null }))),
    !single && EPISODES.length > 0 && el("section", {}, el("h3", {}, "Episodes"),
      el("ul", { class: "plain-list" }, limited(EPISODES.map((_, number) => number), 20, (number) => el("li", {},
        stateLink({ episode: number }, {}, EPISODES[number].title), EPISODES[number].published && el("span", { class: "extra" }, EPISODES[number].published))))),
    el("section", { class: "keys" }, el("h3", {}, "Keys"), el("dl", {},
      [["/", "search"], ["G T U", "graph, table, guide"], ["← ↑ → ↓", "along a line, in the drawing"], ["Esc", "back to the overview"]]
        .map(([key, does]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, does)]))),
  ];
}

function meter(share) {
  const bar = el("span", { class: "meter", "aria-hidden": "true" });
  bar.style.setProperty("--share", String(share));
  return bar;
}

/** Statements of an entity, by relation and direction, then by the sentences they share. */
function groupsOf(entity) {
  const groups = new Map();
  for (const statement of ENTITIES[entity].statements) {
    if (!isFact(statement) && !state.unsure) continue;
    const relation = RELATIONS[statement.relation];
    const forward = statement.subject === entity || relation.symmetric;
    const key = `${statement.relation}${forward ? ">" : "<"}`;
    const title = forward ? relation.label : relation.inverse;
    if (!groups.has(key)) groups.set(key, { title, about: relation.about, late: joinsEpisode(statement), shared: new Map() });
    const { shared } = groups.get(key);
    const sentences = statement.sentences.join(",");
    if (!shared.has(sentences)) shared.set(sentences, []);
    shared.get(sentences).push(statement);
  }
  return [...groups.values()].sort((a, b) => a.late - b.late);
}

function sharedBlock(entity, statements) {
  const ends = statements.map((statement) => other(statement, entity));
  return el("div", { class: "shared" },
    el("ul", { class: "ends" }, limited(statements, 50, (statement) => el("li", {},
      entityLink(other(statement, entity)), extras(statement), badge(statement),
      stateLink(choosePair(statement), { class: "why", "aria-label": `Details: ${ENTITIES[statement.subject].label} ${RELATIONS[statement.relation].label} ${ENTITIES[statement.object].label}` }, "details")))),
    limited(statements[0].sentences, 3, (number) => quoteOf(number, [entity, ...ends])));
}

function wikidataLink(item) {
  if (!/^Q[1-9][0-9]*$/.test(item)) return null;
  return el("a", { href: `https://www.wikidata.org/wiki/${item}`, rel: "noopener noreferrer", target: "_blank" }, `Wikidata ${item}`, el("span", { class: "unseen" }, " (opens another site)"));
}

const SNIPPET = 70;

/** A mention with some words around it. */
function snippet(passage) {
  const { text } = EPISODES[passage.episode];
  if (!text) return null;
  const before = text.slice(Math.max(0, passage.start - SNIPPET), passage.start).split("\n").pop();
  const after = text.slice(passage.start + passage.length, passage.start + passage.length + SNIPPET).split("\n")[0];
  return el("li", {}, stateLink({ view: "guide", passage }, { class: "snippet" },
    `…${before}`, el("mark", {}, text.slice(passage.start, passage.start + passage.length)), `${after}…`));
}

function mentionsPart(entity) {
  const { passages } = ENTITIES[entity];
  if (!passages.length) return null;
  return el("details", { class: "mentions" },
    el("summary", {}, `Named ${count(passages.length, "time", "times")}${EPISODES.length > 1 ? ` in ${count(ENTITIES[entity].episodes.size, "episode", "episodes")}` : ""}`),
    el("ul", { class: "plain-list" }, limited(passages, 12, snippet)));
}

function focusPart() {
  const options = [[1, "1 step"], [2, "2 steps"], [3, "3 steps"], [0, "All"]];
  return el("fieldset", { class: "segments" }, el("legend", {}, "Around it"),
    options.map(([steps, label]) => el("label", {}, el("input", {
      type: "radio", name: "steps", value: String(steps), checked: state.steps === steps, onchange: () => go({ steps }),
    }), el("span", {}, label))));
}

function entityPanel(entity) {
  const known = ENTITIES[entity];
  const links = known.wikidata.map(wikidataLink).filter(Boolean);
  const groups = groupsOf(entity);
  const relevant = groups.filter((group) => !group.late);
  return [
    el("p", { class: "kind" }, swatch(known.class), CLASSES[known.class].label, closeButton()),
    heading(known.label),
    known.also.length > 0 && el("p", { class: "also" }, "Also called ", known.also.join(", ")),
    links.length > 0 && el("p", { class: "links" }, links.flatMap((link, index) => (index ? [", ", link] : [link]))),
    known.quote && el("blockquote", { class: "spoken" }, known.quote),
    el("div", { class: "tools" }, focusPart(), button("Path to another…", () => go({ path: [entity, null], entity: null, pair: null }))),
    mentionsPart(entity),
    !relevant.length && el("p", { class: "extra" }, "Named in the guide; no relation to another name is stated."),
    groups.map((group) => groupPart(entity, group)),
    el("details", { class: "fine" }, el("summary", {}, "Record"), el("dl", {},
      el("dt", {}, "Identifier"), el("dd", {}, (/^https?:/.test(known.id) ? "" : DATA.base) + known.id),
      el("dt", {}, "Comes from"), el("dd", {}, COMES_FROM[known.origin] || known.origin),
      el("dt", {}, "Confidence"), el("dd", {}, `${known.sure} %`))),
  ];
}

function groupPart(entity, group) {
  const blocks = [...group.shared.values()];
  const total = blocks.reduce((sum, statements) => sum + statements.length, 0);
  const body = limited(blocks, 50, (statements) => sharedBlock(entity, statements));
  const title = [group.title, " ", el("span", { class: "number" }, String(total))];
  if (group.late) return el("details", { class: "group" }, el("summary", {}, el("h3", { title: group.about }, title)), body);
  return el("section", { class: "group" }, el("h3", { title: group.about }, title), body);
}

const closeButton = () => button("Close", () => go({ entity: null, pair: null, path: null }), { class: "quiet close" });

function pairPanel([a, b]) {
  const line = LINES.get(lineKey(a, b));
  const statements = line.statements.filter((statement) => isFact(statement) || state.unsure);
  return [
    el("p", { class: "kind" }, count(statements.length, "statement", "statements"), closeButton()),
    heading(`${ENTITIES[a].label} and ${ENTITIES[b].label}`),
    statements.map((statement) => el("section", { class: "group" },
      statementLine(statement),
      limited(statement.sentences, 10, (number) => quoteOf(number, [a, b])),
      !statement.sentences.length && el("p", { class: "extra" }, "No passage of a guide is cited for this."),
      el("dl", { class: "facts-list" },
        el("dt", {}, "Said as"), el("dd", {}, SAID_AS[statement.modality] || statement.modality),
        el("dt", {}, "Confidence"), el("dd", {}, `${statement.sure} %`),
        el("dt", {}, "Comes from"), el("dd", {}, COMES_FROM[statement.origin] || statement.origin),
        statement.phrase && [el("dt", {}, "Wording"), el("dd", {}, `“${statement.phrase}”`)],
        statement.voice && [el("dt", {}, "Found by"), el("dd", {}, statement.voice)]))),
  ];
}

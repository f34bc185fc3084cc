// Pieces that the panel, the table and the guide share.

const SAID_AS = { asserted: "Stated as a fact", negated: "Denied", hypothetical: "Supposed", predicted: "Expected" };
const COMES_FROM = {
  text: "A sentence of the guide", layout: "The guide’s layout",
  background: "General knowledge, not this guide", open: "The sentence’s own wording",
};

const choose = (entity) => ({ entity, pair: null, path: null });
const choosePair = (statement) => ({ pair: [statement.subject, statement.object], entity: null, path: null });

/** A link that changes the page's state; it can be copied or opened in a new tab like any other. */
function stateLink(change, attributes, ...children) {
  return el("a", {
    href: toHash({ ...state, ...change }) || "#",
    onclick(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(change);
    },
    ...attributes,
  }, ...children);
}

const entityLink = (entity) => stateLink(choose(entity), { class: "entity" }, swatch(ENTITIES[entity].class), el("span", {}, ENTITIES[entity].label));

/** Cut a text at ranges and wrap what lies in them; ranges are sorted and do not overlap. */
function cut(text, ranges, wrap) {
  const pieces = [];
  let at = 0;
  for (const range of ranges) {
    if (range.start < at) continue;
    pieces.push(text.slice(at, range.start), wrap(text.slice(range.start, range.end), range));
    at = range.end;
  }
  return [...pieces, text.slice(at)];
}

/** Where these entities are named inside a sentence, as ranges of the sentence. */
function namesIn(sentence, entities) {
  const end = sentence.start + sentence.text.length;
  return entities.flatMap((entity) => ENTITIES[entity].passages
    .filter((passage) => passage.episode === sentence.episode && passage.start >= sentence.start && passage.start + passage.length <= end)
    .map((passage) => ({ entity, start: passage.start - sentence.start, end: passage.start - sentence.start + passage.length })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

const passageOf = (sentence) => ({ episode: sentence.episode, start: sentence.start, length: sentence.text.length });

function jumpLink(passage, words) {
  if (!EPISODES[passage.episode].text) return null;
  return stateLink({ view: "guide", passage }, { class: "jump" }, words);
}

/** A sentence with the names marked, where it stands, and the way to it. */
function quoteOf(number, entities) {
  const sentence = SENTENCES[number];
  const where = [sentence.section, EPISODES.length > 1 && EPISODES[sentence.episode].title].filter(Boolean).join(" · ");
  return el("figure", { class: "quote" },
    el("blockquote", {}, cut(sentence.text, namesIn(sentence, entities), (text) => el("mark", {}, text))),
    el("figcaption", {}, where && el("span", {}, where), jumpLink(passageOf(sentence), "Show in the guide")));
}

/** The first so many items, and a button for the rest. */
function limited(items, limit, make) {
  const shown = items.slice(0, limit).map(make);
  if (items.length <= limit) return shown;
  const more = button(`Show ${items.length - limit} more`, () => more.replaceWith(...items.slice(limit).map(make)), { class: "quiet" });
  return [...shown, more];
}

const badge = (statement) => !isFact(statement) &&
  el("span", { class: "badge" }, statement.modality === "asserted" ? "Background" : SAID_AS[statement.modality] || statement.modality);

/** What a statement says beside its two ends: the role, the date, the wording. */
function extras(statement) {
  const words = Object.entries(statement.literals)
    .filter(([name]) => name !== "count" && name !== "salience")
    .map(([name, value]) => (name === "role" ? value : `${name} ${value}`));
  if (RELATIONS[statement.relation].name === "relatedTo" && statement.phrase) words.unshift(`“${statement.phrase}”`);
  return words.length > 0 && el("span", { class: "extra" }, words.join(", "));
}

/** A statement as a line of words: subject, relation, object. */
const statementLine = (statement) => el("p", { class: "triple" },
  entityLink(statement.subject), " ", el("b", {}, RELATIONS[statement.relation].label), " ", entityLink(statement.object),
  " ", extras(statement), " ", badge(statement));

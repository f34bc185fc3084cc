// Search as you type, over names and other names.

/** Fold accents, case, hyphens and punctuation away. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase()
  .replace(/[^\p{L}\p{N}+#]+/gu, " ").trim();

const FOLDED = ENTITIES.map((entity) => [entity.label, ...entity.also].map((name) => ({ name, folded: fold(name) })));

/** How well a name fits what was typed: 0 is best, null is not at all. */
function fit(folded, query, words) {
  if (folded === query) return 0;
  if (folded.startsWith(query)) return 1;
  const at = ` ${folded}`;
  if (at.includes(` ${query}`)) return 2;
  if (words.length > 1 && words.every((word) => at.includes(` ${word}`))) return 3;
  if (folded.includes(query)) return 4;
  return folded.replaceAll(" ", "").includes(query.replaceAll(" ", "")) ? 5 : null;
}

/** Entities whose names fit, best first, the more salient first among equals. */
function find(typed, limit) {
  const query = fold(typed);
  if (!query) return [];
  const words = query.split(" ");
  const found = [];
  FOLDED.forEach((names, entity) => {
    let best = null;
    names.forEach(({ name, folded }, index) => {
      const score = fit(folded, query, words);
      if (score === null) return;
      const rank = 2 * score + (index ? 1 : 0);
      if (best === null || rank < best.rank) best = { entity, rank, name: index ? name : "" };
    });
    if (best) found.push(best);
  });
  return found.sort((a, b) => a.rank - b.rank || a.entity - b.entity).slice(0, limit);
}

let comboboxes = 0;

/** A text field with a list of entities that fit; calls onpick with the one that is chosen. */
function combobox({ label, placeholder, onpick, value }) {
  const id = `names-${(comboboxes += 1)}`;
  const input = el("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-label": label,
    "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", placeholder,
  });
  input.value = value || "";
  const list = el("ul", { id, role: "listbox", "aria-label": "Names that fit", hidden: true });
  let hits = [];
  let at = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const move = (to) => {
    at = (to + hits.length) % hits.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const pick = (hit) => { close(); input.value = ""; onpick(hit.entity); };
  const show = () => {
    hits = find(input.value, 12);
    list.replaceChildren(...hits.map((hit, index) => el("li", {
      id: `${id}-${index}`, role: "option", "aria-selected": "false",
      onmousedown: (event) => event.preventDefault(), onclick: () => pick(hit),
    }, swatch(ENTITIES[hit.entity].class), el("span", {}, ENTITIES[hit.entity].label),
    el("small", {}, hit.name ? `also called ${hit.name}` : CLASSES[ENTITIES[hit.entity].class].label))));
    const typed = fold(input.value);
    if (typed && !hits.length) list.append(el("li", { class: "none" }, "No name fits."));
    list.hidden = !typed;
    input.setAttribute("aria-expanded", String(Boolean(typed)));
    if (typed) announce(hits.length ? count(hits.length, "name fits", "names fit") : "No name fits.");
    if (hits.length) move(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { input.select(); if (input.value) show(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { close(); event.stopPropagation(); }
    else if (event.key === "Escape") { input.value = ""; input.blur(); event.stopPropagation(); }
    else if (event.key === "Enter" && !list.hidden && hits[at]) pick(hits[at]);
    else if (event.key === "ArrowDown" && hits.length && !list.hidden) move(at + 1);
    else if (event.key === "ArrowUp" && hits.length && !list.hidden) move(at - 1);
    else return;
    event.preventDefault();
  });
  return { input, list };
}

// Everything the reader has chosen, and how it is written in the page's address.

const START = {
  entity: null, pair: null, path: null, steps: 1, view: "graph", episode: null,
  hiddenClasses: new Set(), hiddenRelations: new Set(), unsure: false, star: false,
  passage: null, tab: "relations", sort: "", page: 0,
};
const VIEWS = ["graph", "table", "guide"];

const write = (text) => encodeURIComponent(text).replaceAll("%2F", "/");
const read = (text) => {
  try { return decodeURIComponent(text); } catch { return ""; } // an address cut short by hand
};

/** Write a state as the part of the address after '#'; what is as at the start is left out. */
function toHash(state) {
  const parts = [];
  const put = (name, ...values) => parts.push(`${name}=${values.map((value) => write(String(value))).join(",")}`);
  const id = (entity) => (entity === null ? "" : ENTITIES[entity].id);
  if (state.path) put("path", id(state.path[0]), id(state.path[1]));
  else if (state.pair) put("pair", id(state.pair[0]), id(state.pair[1]));
  else if (state.entity !== null) put("e", id(state.entity));
  if (state.entity !== null && state.steps !== START.steps) put("steps", state.steps);
  if (state.view !== START.view) put("view", state.view);
  if (state.episode !== null) put("in", ENTITIES[EPISODES[state.episode].entity].id);
  if (state.hiddenClasses.size) put("hide", ...[...state.hiddenClasses].sort((a, b) => a - b).map((number) => CLASSES[number].name));
  if (state.hiddenRelations.size) put("without", ...[...state.hiddenRelations].sort((a, b) => a - b).map((number) => RELATIONS[number].name));
  const also = [state.unsure && "unsure", state.star && "episode"].filter(Boolean);
  if (also.length) put("also", ...also);
  if (state.passage) put("at", ENTITIES[EPISODES[state.passage.episode].entity].id, state.passage.start, state.passage.length);
  if (state.tab !== START.tab) put("tab", state.tab);
  if (state.sort) put("sort", state.sort);
  if (state.page) put("page", state.page + 1);
  return parts.length ? `#${parts.join("&")}` : "";
}

/** Read a state from an address; what is unknown is ignored. */
function fromHash(hash) {
  const said = new Map(hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => {
    const [name, value] = part.split(/=(.*)/s);
    return [name, (value || "").split(",").map(read)];
  }));
  const get = (name) => said.get(name) || [];
  const entity = (id) => (NUMBER_OF.has(id) ? NUMBER_OF.get(id) : null);
  const numbers = (known, names) => new Set(
    names.map((name) => known.findIndex((one) => one.name === name)).filter((number) => number >= 0));
  const episode = (id) => {
    const number = EPISODES.findIndex((known) => ENTITIES[known.entity].id === id);
    return number < 0 ? null : number;
  };
  const whole = (text) => (/^\d{1,9}$/.test(text || "") ? Number(text) : 0);
  const state = { ...START };
  if (said.has("e")) state.entity = entity(get("e")[0]);
  if (said.has("pair")) {
    const pair = get("pair").slice(0, 2).map(entity);
    if (pair.length === 2 && LINES.has(lineKey(pair[0], pair[1]))) state.pair = pair;
  }
  if (said.has("path")) state.path = [entity(get("path")[0]), entity(get("path")[1])];
  if ([0, 1, 2, 3].includes(whole(get("steps")[0])) && said.has("steps")) state.steps = whole(get("steps")[0]);
  if (VIEWS.includes(get("view")[0])) [state.view] = get("view");
  if (said.has("in")) state.episode = episode(get("in")[0]);
  state.hiddenClasses = numbers(CLASSES, get("hide"));
  state.hiddenRelations = numbers(RELATIONS, get("without"));
  state.unsure = get("also").includes("unsure");
  state.star = get("also").includes("episode");
  if (said.has("at") && episode(get("at")[0]) !== null && whole(get("at")[2])) {
    state.passage = { episode: episode(get("at")[0]), start: whole(get("at")[1]), length: whole(get("at")[2]) };
  }
  if (get("tab")[0] === "entities") state.tab = "entities";
  if (/^-?[a-z]+$/.test(get("sort")[0] || "")) [state.sort] = get("sort");
  state.page = Math.max(0, whole(get("page")[0]) - 1);
  return state;
}

// From a change of state to what is on the page.

let state = { ...START };
let written = null; // the hash that was rendered last
let before = null; // the state that was rendered last
let scope = null;

const TABS = [["graph", "Graph"], ["table", "Table"], ["guide", "Guide text"]];

/** Change the state; the address follows, so that every view can be shared. ``how``: quietly leaves the camera. */
function go(change, how = {}) {
  const next = { ...state, ...change };
  if (next.entity === null) next.steps = START.steps;
  if (change.view && change.view !== "guide" && !("passage" in change)) next.passage = null;
  const filtered = ["hiddenClasses", "hiddenRelations", "unsure", "episode"].some((field) => field in change);
  if (filtered) next.page = 0;
  const hash = toHash(next);
  state = next;
  if (hash !== written) {
    written = hash;
    window.location.hash = hash;
  }
  render({ ...how, steps: "steps" in change });
}

/** What is drawn: the most salient within the budget, and whatever the reader has chosen. */
function sceneOf() {
  const { entity, pair, path } = state;
  const drawable = (one) => scope.entities[one] && (state.star || !isEpisode(one)) &&
    (!state.hiddenRelations.size || scope.neighbours.has(one));
  const chosen = new Set();
  let active = null;
  let activeLines = new Set();
  if (path && path[0] !== null && path[1] !== null) {
    const steps = shortestPath(path[0], path[1], state.unsure) || [];
    path.forEach((end) => chosen.add(end));
    active = new Set([...path, ...steps.map((step) => step.to)]);
    activeLines = new Set(steps.map((step) => lineKey(step.from, step.to)));
  } else if (path && path[0] !== null) {
    chosen.add(path[0]);
  } else if (pair) {
    pair.forEach((end) => chosen.add(end));
    active = new Set(pair);
    activeLines = new Set([lineKey(...pair)]);
  } else if (entity !== null) {
    chosen.add(entity);
    if (state.steps) {
      active = new Set([...around(scope, entity, state.steps)].slice(0, 150));
      const inner = around(scope, entity, state.steps - 1);
      for (const line of scope.lines.values()) {
        if (active.has(line.from) && active.has(line.to) && (inner.has(line.from) || inner.has(line.to))) activeLines.add(line.key);
      }
    }
  }
  const entities = new Set();
  for (let one = 0; one < ENTITIES.length && entities.size < DRAW_BUDGET; one += 1) if (drawable(one)) entities.add(one);
  for (const one of [...chosen, ...(active || [])]) if (entities.size < DRAW_LIMIT) entities.add(one);
  const lines = [...scope.lines.values()].filter((line) => entities.has(line.from) && entities.has(line.to));
  for (const key of activeLines) if (!scope.lines.has(key)) lines.push(LINES.get(key));
  return {
    entities: [...entities].sort((a, b) => a - b), lines, chosen, active, activeLines,
    shelved: DATA.shelf.entities.some((one) => entities.has(one)),
  };
}

function panelContent() {
  if (state.path) return pathPanel(state.path);
  if (state.pair) return pairPanel(state.pair);
  return state.entity === null ? overviewPanel() : entityPanel(state.entity);
}

const changed = (...fields) => !before || fields.some((field) => before[field] !== state[field]);

function render(how = {}) {
  if (changed("hiddenClasses", "hiddenRelations", "unsure", "star", "episode")) {
    scope = scopeOf(state);
    filtersKeepingFocus();
  }
  if (changed("view")) showView();
  const scene = sceneOf();
  drawing.update(scene);
  byId("count").textContent = countText(scene);
  if (state.view === "table") byId("view-table").replaceChildren(...tableView(scope).filter(Boolean));
  if (state.view === "guide") guideView(byId("view-guide"));
  if (changed("entity", "pair", "path", "unsure", "steps")) showPanel(how);
  if (state.view === "graph" && scene.active && changed("entity", "pair", "path", "steps") && !how.quietly) {
    drawing.reveal([...scene.active]);
  }
  before = state;
}

function filtersKeepingFocus() {
  const focused = document.activeElement;
  const [name, value] = focused && focused.dataset && focused.dataset.switch
    ? ["switch", focused.dataset.switch] : ["number", focused && focused.dataset ? focused.dataset.number : undefined];
  const field = focused && focused.closest ? focused.closest("[data-filter]") : null;
  const root = byId("filters-body");
  filtersView(root);
  if (value === undefined) return;
  const within = field ? root.querySelector(`[data-filter="${field.dataset.filter}"]`) : root;
  const again = within && within.querySelector(`[data-${name}="${value}"]`);
  if (again) again.focus();
}

function countText(scene) {
  if (state.view !== "graph") return "";
  const total = scope.entities.filter((shown, one) => shown && !isEpisode(one)).length;
  const drawn = scene.entities.filter((one) => !isEpisode(one)).length;
  const names = drawn < total ? `${drawn} of ${total} names` : count(drawn, "name", "names");
  return `${names}, ${count(scene.lines.length, "line", "lines")}`;
}

function showView() {
  for (const [view] of TABS) {
    byId(`view-${view}`).hidden = state.view !== view;
    byId(`tab-${view}`).setAttribute("aria-selected", String(state.view === view));
    byId(`tab-${view}`).tabIndex = state.view === view ? 0 : -1;
  }
  if (state.view === "graph" && before) drawing.resize();
}

function showPanel(how) {
  const panel = byId("panel");
  const hadFocus = panel.contains(document.activeElement);
  const choice = changed("entity", "pair", "path");
  const scroll = choice ? 0 : panel.scrollTop;
  panel.replaceChildren(...panelContent().flat(Infinity).filter(Boolean));
  panel.scrollTop = scroll;
  if (hadFocus && how.steps) panel.querySelector("input[name=steps]:checked").focus();
  else if (hadFocus && choice) focusPath() || byId("panel-title").focus({ preventScroll: true });
  if (!before || !choice) return;
  announce(byId("panel-title").textContent + (state.entity === null ? "" : `, ${CLASSES[ENTITIES[state.entity].class].label}, ${count(statedOf(state.entity).length, "relation", "relations")}`));
  const nothing = state.entity === null && !state.pair && !state.path;
  if (!nothing && (state.view !== "graph" || how.fromSearch) && matchMedia("(max-width: 820px)").matches) {
    panel.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  }
}

/** In the path's panel, go on to the field that is still empty. */
function focusPath() {
  if (!state.path || (state.path[0] !== null && state.path[1] !== null)) return false;
  byId("panel").querySelectorAll("input[role=combobox]")[state.path[0] === null ? 0 : 1].focus();
  return true;
}

/** The neighbour that lies most nearly in the direction of an arrow key. */
function neighbourTowards(key) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const [x, y] = DATA.places[state.entity];
  let best = null;
  for (const one of scope.neighbours.get(state.entity) || []) {
    const [dx, dy] = [DATA.places[one][0] - x, DATA.places[one][1] - y];
    const along = dx * way[0] + dy * way[1];
    if (along <= 0) continue;
    const cost = Math.hypot(dx, dy) * (2 - along / Math.hypot(dx, dy));
    if (!best || cost < best.cost) best = { one, cost };
  }
  return best ? best.one : null;
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest && event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea");
  if (event.key === "Escape") go({ entity: null, pair: null, path: null, passage: null });
  else if (typing) return;
  else if (event.key === "/") byId("search").querySelector("input").focus();
  else if (event.key === "t") go({ view: "table" });
  else if (event.key === "g") go({ view: "graph" });
  else if (event.key === "u") go({ view: "guide" });
  else if (event.key.startsWith("Arrow") && event.target.id === "stage") {
    const next = state.entity === null ? Number(drawing.entities()[0]) : neighbourTowards(event.key);
    if (next !== null && next !== undefined) go(choose(next));
  } else return;
  event.preventDefault();
}

function theme(next) {
  document.documentElement.dataset.theme = next;
  themeButton();
  drawing.update(sceneOf());
}

function themeButton() {
  const dark = isDark();
  byId("theme").textContent = dark ? "Light" : "Dark";
  byId("theme").setAttribute("aria-label", dark ? "Switch to light colours" : "Switch to dark colours");
}

function start() {
  const search = combobox({ label: "Search names", placeholder: "Search names  ( / )", onpick: (entity) => go(choose(entity), { fromSearch: true }) });
  byId("search").append(search.input, search.list);
  byId("theme").addEventListener("click", () => theme(isDark() ? "light" : "dark"));
  themeButton();
  darkQuery.addEventListener("change", themeButton);
  byId("tabs").append(...TABS.map(([view, label]) => button(label, () => go({ view }), {
    id: `tab-${view}`, role: "tab", "aria-controls": `view-${view}`,
    onkeydown(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const [next] = TABS[(TABS.findIndex(([one]) => one === view) + step + TABS.length) % TABS.length];
      go({ view: next });
      byId(`tab-${next}`).focus();
    },
  })));
  byId("zoom").append(
    button("+", () => drawing.zoom(1.35), { "aria-label": "Closer" }),
    button("−", () => drawing.zoom(1 / 1.35), { "aria-label": "Farther" }),
    button("Fit", () => drawing.fit(true), { "aria-label": "Show the whole drawing" }));
  for (const link of document.querySelectorAll("[data-entity]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const { entity } = fromHash(link.getAttribute("href"));
      if (entity !== null) go(choose(entity));
    });
  }
  if (matchMedia("(max-width: 820px)").matches) byId("filters").open = false;
  drawing.onpoint(({ entity, line }) => {
    if (entity !== undefined) go(choose(entity), { quietly: true });
    else if (line !== undefined) go({ pair: [LINES.get(line).from, LINES.get(line).to], entity: null, path: null }, { quietly: true });
    else if (state.entity !== null || state.pair || state.path) go({ entity: null, pair: null, path: null });
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    if (window.location.hash === written) return;
    written = window.location.hash;
    state = fromHash(written);
    render();
  });
  let width = byId("stage").clientWidth;
  new ResizeObserver(() => {
    const now = byId("stage").clientWidth;
    if (now && !width) drawing.fit();
    width = now;
  }).observe(byId("stage"));
  written = window.location.hash;
  state = fromHash(written);
  render();
  drawing.fit();
  if (sceneOf().active) drawing.reveal([...sceneOf().active]);
  performance.mark("explorer-ready");
}

start();
// For tests, and for readers who like the console.
window.explorer = { go, drawing, state: () => state, shortestPath, find };

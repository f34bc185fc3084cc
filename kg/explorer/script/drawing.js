// The drawing: vis-network behind six calls (update, fit, reveal, zoom, resize, positions).

const darkQuery = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const isDark = () => (document.documentElement.dataset.theme || (darkQuery.matches ? "dark" : "light")) === "dark";

const drawing = (() => {
  byId("work").hidden = false; // before vis-network measures the stage
  const stage = byId("stage");
  // pyvis made these; names are written by labels.js, so the label it adds is taken away.
  const first = new Map(DATA.network.nodes.map(({ label, color, ...node }) => [node.id, node]));
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(stage, { nodes, edges }, {
    ...DATA.network.options,
    interaction: { ...DATA.network.options.interaction, selectable: false, dragNodes: false },
  });
  const onShelf = new Set(DATA.shelf.entities);
  let scene = null;
  let hovered = null;
  let labelBoxes = [];
  let framed = null; // the box that the last fit showed, which names should not leave
  let growth = 1; // marks are drawn larger where the whole is shown small
  let pointed = () => {};

  const ink = () => {
    const style = getComputedStyle(stage);
    return { text: style.color, ground: style.backgroundColor, line: style.borderTopColor, strong: style.outlineColor, faint: style.textDecorationColor };
  };

  const baseNode = (entity) => first.get(entity) || {
    id: entity, x: DATA.places[entity][0], y: DATA.places[entity][1],
    shape: CLASSES[ENTITIES[entity].class].shape, size: 7,
  };

  const placed = (entity) => {
    const node = baseNode(entity);
    return { ...node, size: node.size * growth * (node.shape === "star" ? 0.8 : 1) };
  };

  function nodeOf(entity, colors) {
    const look = CLASSES[ENTITIES[entity].class];
    const fill = isDark() ? look.dark : look.color;
    const chosen = scene.chosen.has(entity);
    // A border in the ground's colour parts marks that touch; it would eat up the arms of a star.
    const border = chosen ? colors.text : look.shape === "star" ? fill : colors.ground;
    const same = { background: fill, border };
    return {
      ...placed(entity), borderWidth: (chosen ? 2.4 : 1.5) * growth,
      opacity: !scene.active || scene.active.has(entity) ? 1 : 0.13,
      color: { ...same, hover: { background: fill, border: colors.text }, highlight: same },
    };
  }

  function edgeOf(line, colors) {
    const lit = scene.active && scene.activeLines.has(line.key);
    const directed = line.statements.filter((statement) => !RELATIONS[statement.relation].symmetric);
    const color = lit ? colors.strong : colors.line;
    return {
      id: line.key, from: line.from, to: line.to,
      width: ((lit ? 1.9 : 1.2) + Math.min(line.statements.length - 1, 3) * 0.5) * growth,
      dashes: !line.statements.some(isFact) ? [5, 4] : false,
      arrows: {
        to: { enabled: directed.some((statement) => statement.subject === line.from) },
        from: { enabled: directed.some((statement) => statement.subject === line.to) },
      },
      color: { color, highlight: color, hover: colors.strong, opacity: lit ? 1 : scene.active ? 0.16 : scene.lines.length > 200 ? 0.4 : 1 },
    };
  }

  /** Bring a data set to hold exactly these items. */
  function settle(set, items) {
    const wanted = new Set(items.map((item) => item.id));
    set.remove(set.getIds().filter((id) => !wanted.has(id)));
    set.update(items);
  }

  /** Draw a scene: entities, lines, what is active (null: all), what is chosen. */
  function update(next) {
    scene = next;
    const colors = ink();
    settle(nodes, scene.entities.map((entity) => nodeOf(entity, colors)));
    settle(edges, scene.lines.map((line) => edgeOf(line, colors)));
    labelling.forget();
    network.redraw();
  }

  const boxOf = (entities) => entities.reduce((box, entity) => {
    const { x, y } = baseNode(entity);
    return { left: Math.min(box.left, x), right: Math.max(box.right, x), top: Math.min(box.top, y), bottom: Math.max(box.bottom, y) };
  }, { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity });

  const marginOf = () => Math.min(64, stage.clientWidth / 8);

  /** Show all of these entities, with room for their names. */
  function frame(entities, largest, animate) {
    if (!entities.length || !stage.clientWidth) return 0;
    const box = boxOf(entities);
    const across = marginOf();
    const scale = Math.min(largest,
      (stage.clientWidth - 2 * across) / Math.max(1, box.right - box.left),
      (stage.clientHeight - 70) / Math.max(1, box.bottom - box.top));
    network.moveTo({
      position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 },
      scale: Math.max(0.05, scale),
      animation: animate && !calm.matches ? { duration: 320, easingFunction: "easeInOutQuad" } : false,
    });
    return scale;
  }

  /** Show everything; on a small screen what is linked, since the shelf would leave it no room. */
  function fit(animate = false) {
    const linked = scene.entities.filter((entity) => !onShelf.has(entity));
    const shown = stage.clientWidth < 500 && linked.length ? linked : scene.entities;
    const scale = frame(shown, 1.5, animate);
    if (!scale) return;
    framed = { ...boxOf(shown), margin: marginOf() - 4 };
    growth = Math.max(1, Math.min(scene.entities.length > 120 ? 1.2 : 2.2, 0.82 / scale));
    update(scene);
  }

  /** Move where that is needed to see all of these entities and to read their names. */
  function reveal(entities) {
    const hidden = entities.some((entity) => {
      const at = network.canvasToDOM(baseNode(entity));
      return at.x < 30 || at.y < 24 || at.x > stage.clientWidth - 30 || at.y > stage.clientHeight - 40;
    });
    if (hidden || network.getScale() < 0.85) frame(entities, Math.max(1, Math.min(1.5, network.getScale())), true);
  }

  function zoom(factor) {
    const animation = calm.matches ? false : { duration: 160, easingFunction: "easeInOutQuad" };
    network.moveTo({ scale: Math.max(0.05, Math.min(6, network.getScale() * factor)), animation });
  }

  /** What is at a point of the stage: an entity (its mark or its name), a line, or nothing. */
  function at(point) {
    const node = network.getNodeAt(point);
    if (node !== undefined) return { entity: node };
    const where = network.DOMtoCanvas(point);
    const scale = network.getScale();
    const label = labelBoxes.find((box) =>
      Math.abs(where.x * scale - box.x) <= box.width / 2 && Math.abs(where.y * scale - box.y) <= box.height / 2);
    if (label) return { entity: label.entity };
    const line = network.getEdgeAt(point);
    return line === undefined ? {} : { line };
  }

  network.on("afterDrawing", (context) => {
    if (!scene) return;
    labelBoxes = labelling.draw(context, {
      scene, hovered, scale: network.getScale(), colors: ink(), place: placed, onShelf, framed,
    });
  });
  network.on("click", ({ pointer }) => pointed(at(pointer.DOM)));
  const hover = (entity) => { hovered = entity; labelling.forget(); network.redraw(); };
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(null));
  stage.addEventListener("mousemove", (event) => {
    const box = stage.getBoundingClientRect();
    const found = at({ x: event.clientX - box.left, y: event.clientY - box.top });
    stage.classList.toggle("over", found.entity !== undefined || found.line !== undefined);
  });
  darkQuery.addEventListener("change", () => scene && update(scene));

  return {
    update, fit, reveal, zoom,
    resize() { network.setSize("100%", "100%"); network.redraw(); },
    positions: () => network.getPositions(),
    toPage: (entity) => network.canvasToDOM(network.getPosition(entity)),
    lineToPage(key) {
      const [a, b] = key.split("-").map((end) => network.getPosition(Number(end)));
      return network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    },
    labels: () => labelBoxes,
    entities: () => nodes.getIds(),
    lines: () => edges.getIds(),
    onpoint(listener) { pointed = listener; },
  };
})();

// Names in the drawing, at one size whatever the zoom, never over each other.

const labelling = (() => {
  const SIZE = 13;
  const HEIGHT = 17;
  const LONGEST = 30;
  const PROMINENT = 12; // in a crowd, so many names may lie over marks, so that its centre is named too
  const widths = new Map();
  let kept = null;

  const shorten = (text, longest) => (text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text);
  const font = (strong, size) => `${strong ? 600 : 400} ${size}px system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif`;

  function widthOf(context, text, strong) {
    const key = `${strong ? 1 : 0}${text}`;
    if (!widths.has(key)) {
      context.font = font(strong, SIZE);
      widths.set(key, context.measureText(text).width + 8);
    }
    return widths.get(key);
  }

  /** Boxes by cells of a grid, so that a clash is looked for nearby only. */
  class Taken {
    constructor() { this.cells = new Map(); }
    keys(box) {
      const keys = [];
      for (let x = Math.floor((box.x - box.width / 2) / 80); x <= Math.floor((box.x + box.width / 2) / 80); x += 1) {
        for (let y = Math.floor((box.y - box.height / 2) / 40); y <= Math.floor((box.y + box.height / 2) / 40); y += 1) keys.push(`${x},${y}`);
      }
      return keys;
    }
    free(box) {
      return this.keys(box).every((key) => (this.cells.get(key) || []).every((taken) =>
        taken.entity === box.entity || Math.abs(taken.x - box.x) * 2 >= taken.width + box.width || Math.abs(taken.y - box.y) * 2 >= taken.height + box.height));
    }
    add(box) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
    }
  }

  /** Where a name may stand, best first: around its mark; on the shelf to the right, cut if need be. */
  function spotsOf(context, entity, strong, { x, y, size }, scale, shelved) {
    const off = size * scale + 3;
    const spot = (text, dx, dy) => {
      const width = widthOf(context, text, strong);
      return { entity, text, strong, width, height: HEIGHT - 2, x: x * scale + dx * (off + width / 2), y: y * scale + dy * (off + HEIGHT / 2 - 1) };
    };
    const { label } = ENTITIES[entity];
    if (shelved) return [LONGEST, 18, 14, 11, 8].map((longest) => spot(shorten(label, longest), 1, 0));
    const text = shorten(label, LONGEST);
    return [[0, 1], [1, 0], [-1, 0], [0, -1], [0.5, 1], [-0.5, 1], [0.5, -1], [-0.5, -1]].map(([dx, dy]) => spot(text, dx, dy));
  }

  /** Choose which names are shown and where, in pixels of the zoomed plane. */
  function lay(context, { scene, hovered, scale, place, onShelf, framed }) {
    const outside = (box) => framed &&
      (box.x - box.width / 2 < framed.left * scale - framed.margin || box.x + box.width / 2 > framed.right * scale + framed.margin);
    const taken = new Taken(); // by names
    const marks = new Taken();
    for (const entity of scene.active || scene.entities) {
      const { x, y, size } = place(entity);
      marks.add({ entity, x: x * scale, y: y * scale, width: size * scale * 1.7, height: size * scale * 1.7 });
    }
    const weight = (entity) => (entity === hovered ? 0 : scene.chosen.has(entity) ? 1 : scene.active && scene.active.has(entity) ? 2 : 3);
    const order = scene.entities
      .filter((entity) => weight(entity) < 3 || !scene.active)
      .sort((a, b) => weight(a) - weight(b) || a - b);
    const crowded = order.length > 120;
    const boxes = [];
    order.forEach((entity, rank) => {
      const strong = weight(entity) < 2;
      const spots = spotsOf(context, entity, strong, place(entity), scale, onShelf.has(entity));
      const open = spots.filter((spot) => !outside(spot) && taken.free(spot));
      const box = open.find((spot) => marks.free(spot)) || (crowded && rank < PROMINENT && open[0]) || (strong && spots[0]);
      if (!box) return;
      // A name of its own kind: it must keep clear of its neighbours' names, not of its own mark.
      taken.add({ ...box, entity: -1 });
      boxes.push(box);
    });
    return { boxes, words: layWords(context, scene, scale, place, taken), scale, hovered };
  }

  /** The relations' words along the active lines. */
  function layWords(context, scene, scale, place, taken) {
    if (!scene.active || scene.activeLines.size > 24) return [];
    const words = [];
    for (const line of scene.lines) {
      if (!scene.activeLines.has(line.key)) continue;
      const names = [...new Set(line.statements.map((statement) => RELATIONS[statement.relation].label))];
      const text = names.length > 1 ? `${names[0]} +${names.length - 1}` : names[0];
      const width = widthOf(context, text, false) * 0.86;
      const [a, b] = [place(line.from), place(line.to)];
      for (const share of [0.5, 0.4, 0.6]) {
        const box = { entity: -2, x: (a.x + (b.x - a.x) * share) * scale, y: (a.y + (b.y - a.y) * share) * scale, width, height: 13 };
        if (!taken.free({ ...box, entity: -3 })) continue;
        taken.add(box);
        words.push({ ...box, text });
        break;
      }
    }
    return words;
  }

  function draw(context, view) {
    if (!kept || kept.scale !== view.scale || kept.hovered !== view.hovered) kept = lay(context, view);
    const { scale, colors } = view;
    context.save();
    context.scale(1 / scale, 1 / scale);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const put = (box, color, strong, size) => {
      context.font = font(strong, size);
      context.lineWidth = 3.5;
      context.strokeStyle = colors.ground;
      context.strokeText(box.text, box.x, box.y);
      context.fillStyle = color;
      context.fillText(box.text, box.x, box.y);
    };
    if (!view.scene.active && view.scene.shelved && view.framed && view.framed.bottom >= DATA.shelf.corner[1]) {
      context.textAlign = "left";
      const [x, y] = DATA.shelf.corner;
      put({ text: "Also named, with no relation stated", x: x * scale - 6, y: y * scale + 2 }, colors.faint, false, 12);
      context.textAlign = "center";
    }
    kept.words.forEach((box) => put(box, colors.strong, false, 11));
    kept.boxes.forEach((box) => put(box, colors.text, box.strong, SIZE));
    context.restore();
    return kept.boxes;
  }

  return { draw, forget() { kept = null; } };
})();

// Making elements. Strings go in as text: no markup is ever parsed on this page.

const byId = (id) => document.getElementById(id);

/** Make an element; attributes named "on…" are listeners, empty children are left out. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

const button = (label, onclick, attributes) =>
  el("button", { type: "button", onclick, ...attributes }, label);

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  square: "M2 2h12v12h-12z",
  diamond: "M8 .8 15.2 8 8 15.2 .8 8z",
  triangle: "M8 1.5 15.2 14H.8z",
  triangleDown: "M8 14.5.8 2h14.4z",
  hexagon: "M4.2 1.6h7.6L15.4 8l-3.6 6.4H4.2L.6 8z",
  star: "M8 .8l2.2 4.8 5.2.6-3.9 3.5 1.1 5.2L8 12.3l-4.6 2.6 1.1-5.2L.6 6.2l5.2-.6z",
};

/** Draw the mark of a class: its shape in its colour. */
function swatch(classNumber) {
  const look = CLASSES[classNumber];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, look.shape in SHAPES ? "path" : "circle");
  if (look.shape in SHAPES) path.setAttribute("d", SHAPES[look.shape]);
  else for (const [name, value] of [["cx", 8], ["cy", 8], ["r", 6.6]]) path.setAttribute(name, value);
  path.style.fill = `light-dark(${look.color}, ${look.dark})`;
  svg.append(path);
  return svg;
}

const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** Say something to a screen reader. */
const announce = (text) => { byId("live").textContent = text; };

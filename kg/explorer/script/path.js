// How two entities are linked, told as sentences.

function pathPanel([from, to]) {
  const field = (label, entity, onpick) => {
    const box = combobox({ label, placeholder: "Type a name", value: entity === null ? "" : ENTITIES[entity].label, onpick });
    return el("div", { class: "field" }, el("span", { "aria-hidden": "true" }, label), el("div", { class: "search" }, box.input, box.list));
  };
  return [
    el("p", { class: "kind" }, "Path", closeButton()),
    heading("How are two linked?"),
    field("From", from, (entity) => go({ path: [entity, to] })),
    field("To", to, (entity) => go({ path: [from, entity] })),
    from !== null && to !== null && el("div", { id: "path-result" }, told(from, to)),
  ];
}

function told(from, to) {
  if (from === to) return el("p", {}, "These are the same name.");
  const steps = shortestPath(from, to, state.unsure);
  if (!steps) {
    return el("p", {}, "No chain of stated relations links ", el("b", {}, ENTITIES[from].label), " and ", el("b", {}, ENTITIES[to].label), ".");
  }
  return [
    el("p", { class: "lead" }, `${count(steps.length, "step", "steps")}:`),
    el("ol", { class: "path" }, steps.map((step) => el("li", {},
      statementLine(step.statement),
      step.statement.sentences.slice(0, 2).map((number) => quoteOf(number, [step.from, step.to]))))),
  ];
}

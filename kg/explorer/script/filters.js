// The legend, which is also the filter: classes, relations, and what is drawn besides.

const filtersView = (() => {
  const classCounts = CLASSES.map((_, number) => ENTITIES.filter((entity) => entity.class === number).length);
  const relationCounts = RELATIONS.map((_, number) => STATEMENTS.filter((statement) => statement.relation === number).length);
  const unsureCount = STATEMENTS.filter((statement) => !isFact(statement)).length;
  const ofEpisode = RELATIONS.map((_, number) => STATEMENTS.every((one) => one.relation !== number || joinsEpisode(one)));

  const toggled = (set, number) => {
    const next = new Set(set);
    if (!next.delete(number)) next.add(number);
    return next;
  };

  function group(title, field, items) {
    const all = items.map(({ number }) => number);
    const hidden = state[field];
    const only = (number) => go({ [field]: new Set(all.filter((one) => one !== number)) });
    return el("fieldset", { class: "filter", "data-filter": field },
      el("legend", {}, title),
      el("div", { class: "all-none" },
        button("All", () => go({ [field]: new Set() }), { class: "quiet", "aria-label": `${title}: show all`, disabled: !hidden.size }),
        button("None", () => go({ [field]: new Set(all) }), { class: "quiet", "aria-label": `${title}: show none`, disabled: hidden.size === all.length })),
      items.map(({ number, label, mark, total, about }) => el("div", { class: "choice" },
        el("label", { title: about },
          el("input", { type: "checkbox", checked: !hidden.has(number), "data-number": String(number), onchange: () => go({ [field]: toggled(hidden, number) }) }),
          mark, el("span", { class: "name" }, label), el("span", { class: "number" }, String(total))),
        button("only", () => only(number), { class: "quiet only", "aria-label": `Only ${label}` }))));
  }

  const switchOf = (field, label, about) => el("div", { class: "choice" }, el("label", { title: about },
    el("input", { type: "checkbox", checked: state[field], "data-switch": field, onchange: () => go({ [field]: !state[field] }) }),
    el("span", { class: "name" }, label)));

  return function show(root) {
    const classes = CLASSES.map((known, number) => ({ number, label: known.label, about: known.about, mark: swatch(number), total: classCounts[number] }))
      .filter(({ number }) => number !== EPISODE_CLASS);
    const relations = RELATIONS.map((known, number) => ({ number, label: known.label, about: known.about, total: relationCounts[number] }))
      .sort((a, b) => ofEpisode[a.number] - ofEpisode[b.number]);
    root.replaceChildren(...[
      EPISODES.length > 1 && el("label", { class: "pick" }, "Episode ", el("select", {
        onchange: (event) => go({ episode: event.target.value === "" ? null : Number(event.target.value) }),
      }, el("option", { value: "", selected: state.episode === null }, "All episodes"),
      EPISODES.map((known, number) => el("option", { value: String(number), selected: state.episode === number }, known.title)))),
      group("Classes", "hiddenClasses", classes),
      group("Relations", "hiddenRelations", relations),
      EPISODES.length > 0 && el("fieldset", { class: "filter" }, el("legend", {}, "Draw as well"),
        switchOf("star", EPISODES.length > 1 ? "The episodes themselves" : "The episode itself", "A line to everything it discusses"),
        unsureCount > 0 && switchOf("unsure", `What is no stated fact (${unsureCount})`, "Denied, supposed or expected in the guide, or known beforehand; dashed")),
    ].filter(Boolean));
  };
})();

// The same content as tables: sortable, in pages of 200 rows.

const PAGE_ROWS = 200;
const byText = (a, b) => a.localeCompare(b, "en", { sensitivity: "base", numeric: true });

const ENTITY_COLUMNS = [
  { key: "name", title: "Name", value: (entity) => ENTITIES[entity].label, cell: entityLink, head: true },
  { key: "class", title: "Class", value: (entity) => CLASSES[ENTITIES[entity].class].label },
  { key: "also", title: "Also called", value: (entity) => ENTITIES[entity].also.join(", ") },
  { key: "named", title: "Named", value: (entity) => ENTITIES[entity].passages.length, number: true },
  { key: "linked", title: "Relations", value: (entity) => statedOf(entity).length, number: true },
];
const STATEMENT_COLUMNS = [
  { key: "subject", title: "Subject", value: (one) => ENTITIES[one.subject].label, cell: (one) => entityLink(one.subject), head: true },
  { key: "relation", title: "Relation", value: (one) => RELATIONS[one.relation].label, cell: (one) => [stateLink(choosePair(one), {}, RELATIONS[one.relation].label), " ", extras(one), " ", badge(one)] },
  { key: "object", title: "Object", value: (one) => ENTITIES[one.object].label, cell: (one) => entityLink(one.object) },
  { key: "sentence", title: "Sentence", value: (one) => (one.sentences.length ? SENTENCES[one.sentences[0]].text : ""), cell: (one) => sentenceCell(one), wide: true },
  { key: "sure", title: "Confidence", value: (one) => one.sure, cell: (one) => `${one.sure} %`, number: true },
];

function sentenceCell(statement) {
  if (!statement.sentences.length) return "–";
  const sentence = SENTENCES[statement.sentences[0]];
  const marked = cut(sentence.text, namesIn(sentence, [statement.subject, statement.object]), (text) => el("mark", {}, text));
  const more = statement.sentences.length - 1;
  return [EPISODES[sentence.episode].text ? stateLink({ view: "guide", passage: passageOf(sentence) }, { class: "in-table" }, marked) : marked,
    more > 0 && el("span", { class: "extra" }, ` and ${more} more`)];
}

function tableView(scope) {
  const statements = state.tab === "relations";
  const columns = statements ? STATEMENT_COLUMNS : ENTITY_COLUMNS;
  const rows = statements ? scope.statements.slice() : ENTITIES.map((_, entity) => entity).filter((entity) => scope.entities[entity]);
  const column = columns.find((one) => one.key === state.sort.replace("-", ""));
  if (column) {
    const way = state.sort.startsWith("-") ? -1 : 1;
    const compare = column.number ? (a, b) => column.value(a) - column.value(b) : (a, b) => byText(column.value(a), column.value(b));
    rows.sort((a, b) => way * compare(a, b));
  }
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(state.page, pages - 1);
  const shown = rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
  return [
    el("div", { class: "sub-tabs", role: "group", "aria-label": "Which table" },
      [["relations", "Relations"], ["entities", "Names"]].map(([tab, label]) =>
        button(label, () => go({ tab, sort: "", page: 0 }), { "aria-pressed": String(state.tab === tab) }))),
    el("div", { class: "table-box" }, el("table", {},
      el("caption", {}, caption(statements, rows.length, page, pages)),
      el("thead", {}, el("tr", {}, columns.map((one) => headCell(one, column)))),
      el("tbody", {}, shown.map((row) => el("tr", {}, columns.map((one) => {
        const content = one.cell ? one.cell(row) : String(one.value(row));
        const attributes = { class: one.number ? "number" : one.wide ? "wide" : null, "data-label": one.title };
        return one.head ? el("th", { scope: "row", ...attributes }, content) : el("td", attributes, content);
      })))))),
    pages > 1 && pager(page, pages),
  ];
}

function caption(statements, total, page, pages) {
  const what = statements ? count(total, "relation", "relations") : count(total, "name", "names");
  return pages > 1 ? `${what}, page ${page + 1} of ${pages}` : what;
}

function headCell(one, sorted) {
  const down = state.sort.startsWith("-");
  const mine = sorted === one;
  return el("th", { scope: "col", class: one.number ? "number" : null, "aria-sort": mine ? (down ? "descending" : "ascending") : "none" },
    button([one.title, el("span", { "aria-hidden": "true" }, mine ? (down ? " ↓" : " ↑") : "")],
      () => go({ sort: (mine && !down ? "-" : "") + one.key, page: 0 }), { "data-sort": one.key }));
}

function pager(page, pages) {
  return el("nav", { class: "pager", "aria-label": "Pages of the table" },
    button("Previous", () => go({ page: page - 1 }), { disabled: page === 0 }),
    el("span", {}, `Page ${page + 1} of ${pages}`),
    button("Next", () => go({ page: page + 1 }), { disabled: page === pages - 1 }));
}

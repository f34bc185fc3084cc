// The graph: what kg/explorer/payload.py wrote, with defaults put back and links indexed.

const DATA = JSON.parse(byId("data").textContent);
const CLASSES = DATA.classes;
const RELATIONS = DATA.relations;
const EPISODES = DATA.episodes;
const SENTENCES = DATA.sentences.map(([episode, start, text, section]) => ({ episode, start, text, section }));
const ENTITIES = DATA.entities.map((entity) => ({
  also: [], wikidata: [], origin: "text", sure: 100, ...entity, statements: [], passages: [], episodes: new Set(),
}));
const STATEMENTS = DATA.statements.map(([subject, relation, object, sentences, rest]) => ({
  subject, relation, object, sentences, modality: "asserted", origin: "text", sure: 100, literals: {}, ...rest,
}));
const EPISODE_CLASS = CLASSES.findIndex((known) => known.name === "Episode");
for (const { id, x, y } of DATA.network.nodes) DATA.places[id] = [x, y];
const DRAW_BUDGET = 300;
const DRAW_LIMIT = 600;

const isEpisode = (entity) => ENTITIES[entity].class === EPISODE_CLASS;
const joinsEpisode = (statement) => isEpisode(statement.subject) || isEpisode(statement.object);
/** Whether a guide states it as a fact: not denied, not expected, not merely known beforehand. */
const isFact = (statement) => statement.modality === "asserted" && statement.origin !== "background";
const other = (statement, entity) => (statement.subject === entity ? statement.object : statement.subject);

ENTITIES.forEach((entity) => {
  const flat = entity.named || [];
  for (let at = 0; at < flat.length; at += 3) {
    entity.passages.push({ episode: flat[at], start: flat[at + 1], length: flat[at + 2] });
    entity.episodes.add(flat[at]);
  }
});
EPISODES.forEach((episode, number) => ENTITIES[episode.entity].episodes.add(number));

STATEMENTS.forEach((statement) => {
  statement.episodes = new Set(statement.sentences.map((sentence) => SENTENCES[sentence].episode));
  for (const end of new Set([statement.subject, statement.object])) {
    ENTITIES[end].statements.push(statement);
    for (const episode of statement.episodes) ENTITIES[end].episodes.add(episode);
  }
});

const NUMBER_OF = new Map(ENTITIES.map((entity, number) => [entity.id, number]));
const lineKey = (a, b) => (a < b ? `${a}-${b}` : `${b}-${a}`);

/** Pairs of entities with all that is stated between them: what one drawn line stands for. */
const LINES = new Map();
for (const statement of STATEMENTS) {
  if (statement.subject === statement.object) continue;
  const key = lineKey(statement.subject, statement.object);
  if (!LINES.has(key)) LINES.set(key, { key, from: statement.subject, to: statement.object, statements: [] });
  LINES.get(key).statements.push(statement);
}

/** What the filters let through: a flag for each entity, and the lines with their statements. */
function scopeOf(state) {
  const inEpisode = (episodes) => state.episode === null || episodes.has(state.episode);
  const shown = (statement) =>
    (isFact(statement) || state.unsure) &&
    !state.hiddenRelations.has(statement.relation) &&
    (inEpisode(statement.episodes) || !statement.episodes.size);
  const entities = ENTITIES.map(
    (entity) => !state.hiddenClasses.has(entity.class) && inEpisode(entity.episodes));
  const statements = STATEMENTS.filter(
    (statement) => shown(statement) && entities[statement.subject] && entities[statement.object]);
  const lines = new Map();
  const neighbours = new Map();
  for (const statement of statements) {
    if (statement.subject === statement.object) continue;
    if (joinsEpisode(statement) && !state.star) continue;
    const key = lineKey(statement.subject, statement.object);
    if (!lines.has(key)) {
      lines.set(key, { ...LINES.get(key), statements: [] });
      for (const [a, b] of [[statement.subject, statement.object], [statement.object, statement.subject]]) {
        if (!neighbours.has(a)) neighbours.set(a, []);
        neighbours.get(a).push(b);
      }
    }
    lines.get(key).statements.push(statement);
  }
  for (const list of neighbours.values()) list.sort((a, b) => a - b);
  return { entities, statements, lines, neighbours, shown };
}

/** Entities within so many steps of one, nearest and most salient first. */
function around(scope, entity, steps) {
  const found = new Set([entity]);
  let edge = [entity];
  for (let step = 0; step < steps; step += 1) {
    const next = new Set(edge.flatMap((at) => scope.neighbours.get(at) || []).filter((at) => !found.has(at)));
    edge = [...next].sort((a, b) => a - b);
    edge.forEach((at) => found.add(at));
  }
  return found;
}

/** A shortest chain of statements from one entity to another, or null; episodes link nothing. */
function shortestPath(from, to, unsure) {
  const came = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !came.has(to)) {
    const next = [];
    for (const at of edge) {
      for (const statement of ENTITIES[at].statements) {
        if (joinsEpisode(statement) || (!isFact(statement) && !unsure)) continue;
        const reached = other(statement, at);
        if (came.has(reached)) continue;
        came.set(reached, { at, statement });
        next.push(reached);
      }
    }
    edge = next;
  }
  if (!came.has(to)) return null;
  const steps = [];
  for (let at = to; came.get(at); at = came.get(at).at) {
    const { at: before, statement } = came.get(at);
    steps.unshift({ from: before, to: at, statement });
  }
  return steps;
}

/** Statements on entities other than an episode's own links to what it discusses. */
const statedOf = (entity) => ENTITIES[entity].statements.filter(
  (statement) => !joinsEpisode(statement) && isFact(statement));

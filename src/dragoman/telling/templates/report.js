"use strict";
// Text is only ever put in as text. Offsets count code points, so texts are split into code points first.
const data = JSON.parse(document.getElementById("data").textContent);
const reader = document.getElementById("reader");
const letters = new Map();

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function pointsOf(id) {
  if (!letters.has(id)) letters.set(id, Array.from(data.articles[id].text));
  return letters.get(id);
}

function spansOf(evidence) {
  const found = [];
  for (const [field, value] of Object.entries(evidence.fields || {})) {
    const list = value.length && typeof value[0] === "number" ? [value] : value;
    for (const [start, end] of list) found.push({ field, start, end });
  }
  return found;
}

function textWithMarks(article, evidence) {
  const points = pointsOf(article);
  const box = make("div", "text");
  box.dir = "auto";
  if (!evidence) {
    box.textContent = points.join("");
    return box;
  }
  const fields = spansOf(evidence);
  const edges = new Set([0, points.length, evidence.start, evidence.end]);
  for (const f of fields) { edges.add(f.start); edges.add(f.end); }
  const cuts = [...edges].filter((e) => e >= 0 && e <= points.length).sort((a, b) => a - b);
  let mark = null;
  for (let k = 0; k + 1 < cuts.length; k += 1) {
    const [from, to] = [cuts[k], cuts[k + 1]];
    const words = points.slice(from, to).join("");
    const within = from >= evidence.start && to <= evidence.end;
    const named = fields.filter((f) => f.start <= from && to <= f.end).sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
    let node = document.createTextNode(words);
    if (named) {
      const span = make("span", `f f-${named.field}`, words);
      span.title = data.words[named.field] || named.field;
      node = span;
    }
    if (within) {
      if (!mark) { mark = make("mark"); box.append(mark); }
      mark.append(node);
    } else {
      mark = null;
      box.append(node);
    }
  }
  return box;
}

function show(article, evidence, all) {
  const about = data.articles[article];
  reader.replaceChildren();
  if (all && all.length > 1) {
    const choice = make("div", "evidence");
    all.forEach((e, n) => {
      const button = make("button", "", `${n + 1} · ${data.articles[e.article].source}`);
      button.type = "button";
      button.setAttribute("aria-pressed", String(e === evidence));
      button.addEventListener("click", () => show(e.article, e, all));
      choice.append(button);
    });
    reader.append(choice);
  }
  reader.append(make("h2", "", about.title));
  reader.append(make("p", "from", `${about.source} · ${about.day}${about.why ? " (" + about.why + ")" : ""}`));
  if (evidence) {
    const legend = make("p", "legend");
    for (const field of new Set(spansOf(evidence).map((f) => f.field))) legend.append(make("span", `f f-${field}`, data.words[field] || field));
    if (evidence.rule) legend.append(make("span", "sources", `${data.words.rule}: ${evidence.rule}`));
    reader.append(legend);
  }
  reader.append(textWithMarks(article, evidence));
  const mark = reader.querySelector("mark");
  if (mark) mark.scrollIntoView({ block: "center" });
  else reader.scrollTop = 0;
}

document.getElementById("facts").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  for (const other of document.querySelectorAll('[aria-current="true"]')) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  if (button.dataset.article) show(button.dataset.article, null, null);
  const evidence = button.dataset.fact && data.facts[button.dataset.fact];
  if (evidence && evidence.length) show(evidence[0].article, evidence[0], evidence);
});

for (const tab of document.querySelectorAll(".tab")) {
  tab.addEventListener("click", () => {
    for (const other of document.querySelectorAll(".tab")) other.setAttribute("aria-pressed", String(other === tab));
    for (const section of document.querySelectorAll("#facts > section")) section.hidden = section.id !== tab.dataset.tab;
  });
}

const filter = document.getElementById("filter");
filter.addEventListener("input", () => {
  const wanted = filter.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const fact of document.querySelectorAll(".fact")) {
    fact.hidden = !wanted.every((word) => fact.dataset.words.includes(word));
  }
  for (const list of document.querySelectorAll("#timeline ol, #chronology ol")) {
    list.hidden = !list.querySelector(".fact:not([hidden])");
  }
  // A heading stands as long as one of the lists below it, up to the next of its rank, does.
  for (const heading of document.querySelectorAll("#timeline h2, #chronology h2, #chronology h3")) {
    let next = heading.nextElementSibling;
    let held = false;
    while (next && next.tagName !== heading.tagName && next.tagName !== "H2") {
      held = held || (next.tagName === "OL" && !next.hidden);
      next = next.nextElementSibling;
    }
    heading.hidden = !held;
  }
});

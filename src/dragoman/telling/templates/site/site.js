"use strict";
// The search of a published site. Its lines lie in pieces beside the page, each a script that hands itself over: a page
// opened from the disk may load scripts of its own folder, and nothing else. Text is only ever put in as text.
const told = document.getElementById("told");
const list = document.getElementById("found");
const more = document.getElementById("more");
const AT_ONCE = 50;
const shards = Number(told.dataset.shards);
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const asked = new URLSearchParams(location.search).get("q") || "";
const wanted = fold(asked).split(/\s+/).filter(Boolean);
let next = 1;
let room = AT_ONCE;
let count = 0;
let waiting = [];

function show(day, text, address) {
  const item = document.createElement("li");
  item.className = "row";
  const when = document.createElement("p");
  when.className = "day";
  when.textContent = day;
  const what = document.createElement("p");
  what.className = "what";
  const link = document.createElement("a");
  link.href = address;
  const words = document.createElement("bdi");
  words.textContent = text;
  link.append(words);
  what.append(link);
  item.append(when, what);
  list.append(item);
}

function say() {
  const done = next > shards && !waiting.length;
  told.textContent = count ? `${told.dataset.found} ${count}` : done ? told.dataset.none : "…";
  more.hidden = done || room > 0;
}

function go() {
  while (waiting.length && room > 0) {
    show(...waiting.shift());
    count += 1;
    room -= 1;
  }
  if (room > 0 && next <= shards) {
    const piece = document.createElement("script");
    piece.src = `search/${next}.js`;
    next += 1;
    piece.onload = go;
    piece.onerror = go;
    document.head.append(piece);
  }
  say();
}

window.dragomanLines = (lines) => {
  for (const line of lines) {
    const words = fold(`${line[0]} ${line[1]}`);
    if (wanted.every((word) => words.includes(word))) waiting.push(line);
  }
};

document.getElementById("search").hidden = false;
document.getElementById("wanted").value = asked;
more.addEventListener("click", () => { room = AT_ONCE; go(); });
if (wanted.length) go();

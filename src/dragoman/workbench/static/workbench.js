"use strict";
// Everything works without this script; it only makes some things quicker.

// Filters answer at once.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
  // Empty fields stay out of the address, so that it can be cited.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData.entries()]) if (value === "" || (name === "sources" && value === "0")) event.formData.delete(name);
  });
}

// One key each for right, wrong, later, undo.
const typing = (target) => target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const waiting = document.querySelector(".waiting:not([data-later])");
  const button = (waiting && waiting.querySelector(`[data-key="${CSS.escape(event.key)}"]`)) || document.querySelector(`form > [data-key="${CSS.escape(event.key)}"]`);
  if (button) { event.preventDefault(); button.click(); }
});
// "?" explains the keys, "/" goes to the search box, "j" and "k" go from line to line.
const lines = () => [...document.querySelectorAll("main a.words, main .short a, main table td > a[href^='/articles/'], main tr:has(.tick) td:first-child a")].filter((one) => one.checkVisibility({ contentVisibilityAuto: true }));
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "?") location.assign("/help#keys");
  else if (event.key === "/") { event.preventDefault(); document.querySelector("form.find input").focus(); }
  else if (event.key === "j" || event.key === "k") {
    const all = lines();
    const at = all.indexOf(document.activeElement);
    const next = event.key === "j" ? at + 1 : at < 0 ? all.length - 1 : at - 1;
    if (all[next]) { all[next].focus(); all[next].scrollIntoView({ block: "center" }); }
  }
});
// Rows are ticked by the script as by hand: a whole stretch with shift, one with "x", all of the page.
const ticks = [...document.querySelectorAll("input[form=ticked]")];
const chosen = document.querySelector(".bulk .chosen");
let last_tick = null;
const count_ticks = () => {
  const n = ticks.filter((one) => one.checked).length;
  chosen.textContent = n ? chosen.dataset.counted.replace("0", n) : chosen.dataset.none;
};
const tick_to = (box, range) => {
  if (range && last_tick && last_tick !== box) {
    const [from, to] = [ticks.indexOf(last_tick), ticks.indexOf(box)].sort((a, b) => a - b);
    for (const one of ticks.slice(from, to + 1)) if (one.checkVisibility()) one.checked = box.checked;
  }
  last_tick = box;
  count_ticks();
};
if (ticks.length && chosen) {
  chosen.dataset.none = chosen.textContent;
  for (const box of ticks) box.addEventListener("click", (event) => tick_to(box, event.shiftKey));
  for (const link of document.querySelectorAll(".bulk [data-ticks]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      for (const box of ticks) box.checked = link.dataset.ticks === "all" && (box.checked || box.checkVisibility());
      count_ticks();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || event.key.toLowerCase() !== "x") return;
    const row = document.activeElement.closest(".entry, .fact, tr, .waiting, .dispute");
    const box = row && row.querySelector("input[form=ticked]");
    if (box) { event.preventDefault(); box.checked = !box.checked; tick_to(box, event.shiftKey); }
  });
  count_ticks();
}
// "Later" puts a question last, as long as the browser's tab is open.
const put_off = new Set(JSON.parse(sessionStorage.getItem("later") || "[]"));
const ask_first = () => {
  document.querySelectorAll(".waiting").forEach((section, n) => {
    if (n) section.dataset.later = ""; else delete section.dataset.later;
  });
};
for (const section of document.querySelectorAll(".waiting")) {
  if (put_off.has(section.dataset.ask)) section.parentElement.append(section);
  section.querySelector('[data-key="l"]').addEventListener("click", () => {
    put_off.add(section.dataset.ask);
    sessionStorage.setItem("later", JSON.stringify([...put_off]));
    section.parentElement.append(section);
    ask_first();
    document.querySelector(".waiting:not([data-later]) button").focus();
  });
}
ask_first();

// A page that waits for a reading looks again.
const refreshing = document.querySelector("[data-refresh]");
if (refreshing) setTimeout(() => location.reload(), 1000 * Number(refreshing.dataset.refresh));

// Files may be dropped on the form.
for (const drop of document.querySelectorAll("form.drop")) {
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.querySelector("input[type=file]").files = event.dataTransfer.files;
  });
}

// The two clocks as sliders over the days of the case; the dates beside them stay.
const DAY = 86400000;
for (const form of document.querySelectorAll("form.clocks[data-first]")) {
  const [first, last] = [form.dataset.first, form.dataset.last].map((day) => Date.parse(day) / DAY);
  for (const date of form.querySelectorAll("input[type=date]")) {
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: first, max: last, step: 1, value: date.value ? Date.parse(date.value) / DAY : last });
    slider.setAttribute("aria-label", date.closest("label").textContent.trim());
    slider.addEventListener("input", () => { date.value = new Date(slider.value * DAY).toISOString().slice(0, 10); });
    slider.addEventListener("change", () => form.requestSubmit());
    date.after(slider);
  }
}

// A fact with its source, for a text of one's own.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = button.dataset.copied; }));
}

// What explains itself on the first visit is shown until it was understood.
for (const section of document.querySelectorAll("[data-once]")) {
  const button = section.querySelector("button");
  section.hidden = localStorage.getItem(section.dataset.once) !== null;
  button.hidden = false;
  button.addEventListener("click", () => { localStorage.setItem(section.dataset.once, "1"); section.hidden = true; document.querySelector("main").focus(); });
}

// Back to a form leaves what was written in it.
for (const link of document.querySelectorAll("a[data-back]")) {
  link.addEventListener("click", (event) => {
    if (history.length > 1) { event.preventDefault(); history.back(); }
  });
}

// On a telephone, filters that ask nothing stay folded.
if (matchMedia("(max-width: 36rem)").matches && !location.search) {
  for (const fold of document.querySelectorAll("details.fold")) fold.open = false;
}

// Words marked in an article go into the form that adds a fact by them.
const reading = document.querySelector(".reader .text");
const adding = document.querySelector(".add-fact form");
if (reading && adding) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !reading.contains(chosen.anchorNode) || !reading.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const before = document.createRange();
    before.setStart(reading, 0);
    before.setEnd(range.startContainer, range.startOffset);
    adding.elements.words.value = chosen.toString();
    adding.elements.near.value = [...before.toString()].length;
    adding.closest("details").open = true;
  });
}

// A page that stays open asks whether a saved view got something new, and says so; the desktop only where a person let it.
const alerts = document.querySelector(".alerts[data-after]");
const may_notify = () => "Notification" in window && Notification.permission === "granted" && localStorage.getItem("notify") === "1";
const told_of = new Map();
const ask_pulse = async () => {
  if (document.hidden && !may_notify()) return;
  try {
    const answer = await fetch(`/pulse?after=${encodeURIComponent(alerts.dataset.after)}`);
    if (!answer.ok) return;
    const { views } = await answer.json();
    if (views.every((view) => told_of.get(view.name) === view.n)) return;
    alerts.replaceChildren(...views.map((view) => Object.assign(document.createElement("a"), { href: view.address, textContent: view.said })));
    for (const view of views) {
      // The name of the notification keeps several pages from telling the same twice.
      if (told_of.get(view.name) !== view.n && may_notify()) new Notification(document.title, { body: view.said, tag: `${view.name} ${view.n}` });
      told_of.set(view.name, view.n);
    }
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault; // the server has ended or is away: asked again later
  }
};
if (alerts) {
  setInterval(ask_pulse, 1000 * Number(alerts.dataset.every));
  addEventListener("focus", ask_pulse);
  document.addEventListener("visibilitychange", ask_pulse);
}
for (const button of document.querySelectorAll("[data-notify]")) {
  const off = button.textContent;
  const show = () => { button.textContent = may_notify() ? button.dataset.on : off; };
  button.hidden = !("Notification" in window) || !isSecureContext;
  button.addEventListener("click", async () => {
    if (may_notify()) localStorage.removeItem("notify");
    else if (await Notification.requestPermission() === "granted") localStorage.setItem("notify", "1");
    show();
  });
  show();
}
// A map that is wider than a telephone begins where most happened.
const most = [...document.querySelectorAll(".scroll .world a circle")].pop();
const wide = most?.closest(".scroll");
if (wide && wide.scrollWidth > wide.clientWidth) {
  const at = most.getBoundingClientRect();
  wide.scrollLeft += at.left + at.width / 2 - wide.getBoundingClientRect().left - wide.clientWidth / 2;
}

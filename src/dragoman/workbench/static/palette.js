"use strict";
// Ctrl+K: a page, a name, a fact by its words, or something to do about the fact in focus. Without this script the search
// box on every page finds the same; its button is shown only where there is a script to answer it.
{
  const dialog = document.querySelector("dialog.palette");
  const input = dialog.querySelector("input[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[role=status]");
  const act = dialog.querySelector("form[action]");
  const opener = document.querySelector("button.go");
  const WAIT = 120; // milliseconds without a key before the server is asked
  let fact = null; // what was in focus when it was opened
  let at = -1;
  let asked = 0;
  let stale = false; // what is offered answers other words than those typed
  let chosen = false; // Enter was pressed before the answer was there

  const options = () => [...list.querySelectorAll("[role=option]")];

  const choose = (n) => {
    const all = options();
    at = all.length ? (n + all.length) % all.length : -1;
    all.forEach((one, i) => one.setAttribute("aria-selected", i === at));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else { input.setAttribute("aria-activedescendant", all[at].id); all[at].scrollIntoView({ block: "nearest" }); }
  };

  const add = (group, label, note, run) => {
    let under = [...list.children].find((one) => one.dataset.group === group);
    if (!under) {
      under = document.createElement("li");
      under.dataset.group = group;
      under.setAttribute("role", "group");
      under.setAttribute("aria-label", group);
      const head = document.createElement("span");
      head.className = "code";
      head.textContent = group;
      head.setAttribute("aria-hidden", "true");
      under.append(head);
      list.append(under);
    }
    const one = document.createElement("div");
    one.id = `offered-${options().length}`;
    one.setAttribute("role", "option");
    one.setAttribute("aria-selected", "false");
    const words = document.createElement("bdi");
    words.textContent = label;
    const beside = document.createElement("span");
    beside.className = "sources";
    beside.textContent = note;
    one.append(words, " ", beside);
    one.addEventListener("click", run);
    one.run = run;
    under.append(one);
  };

  const offer = (items, typed) => {
    list.replaceChildren();
    if (fact) {
      const kinds = ["fact", "entry", "card"].filter((kind) => fact.classList.contains(kind));
      for (const button of act.querySelectorAll("button")) {
        const fits = button.dataset.on.split(" ").some((kind) => kinds.includes(kind));
        if (!fits || !button.textContent.toLowerCase().includes(typed.toLowerCase())) continue;
        const told = (fact.querySelector(".words") || fact).textContent.trim().slice(0, 80);
        add(act.dataset.group, button.textContent, told, () => {
          if (button.value === "open") { fact.querySelector("a.words").click(); dialog.close(); return; }
          act.elements.about.value = fact.id;
          act.requestSubmit(button);
        });
      }
    }
    for (const item of items) add(item.group, item.label, item.note, () => { dialog.close(); location.assign(item.to); });
    status.textContent = options().length ? "" : status.dataset.none;
    choose(0);
    if (!stale && chosen) { chosen = false; const one = options()[at]; if (one) one.run(); }
  };

  const ask = async () => {
    const mine = ++asked;
    const typed = input.value.trim();
    try {
      const answer = await fetch(`/palette?q=${encodeURIComponent(typed)}`);
      const { items } = await answer.json();
      if (mine !== asked || typed !== input.value.trim()) return;
      stale = false;
      offer(items, typed);
    } catch {
      if (mine === asked) status.textContent = status.dataset.lost;
    }
  };

  const open = () => {
    if (dialog.open) return;
    const focused = document.activeElement;
    fact = focused && focused.closest(".fact[id], .entry[id], .card[id]");
    input.value = "";
    stale = chosen = false;
    dialog.showModal();
    input.focus();
    offer([], "");
    ask();
  };

  let waiting = 0;
  input.addEventListener("input", () => { stale = true; chosen = false; clearTimeout(waiting); waiting = setTimeout(ask, WAIT); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at - 1);
    else if (event.key === "Enter") { const one = options()[at]; if (stale) chosen = true; else if (one) one.run(); }
    else return;
    event.preventDefault();
  });
  // A tap beside it closes it, as Escape does.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  opener.hidden = false;
  opener.addEventListener("click", open);
}

// The desk's one script: it asks whether anything has changed, swaps only what did, and listens to single keys.
// Everything on the page is a link without it; the letter itself stands in a frame where no script runs.
"use strict";

const EVERY = 400; // milliseconds between two questions: a change is seen well within a second
const STORED = "digest-preview-keys";
const said = document.getElementById("said");

let printed = parts(document); // each part as the server wrote it, before anybody opened anything in it
let state = document.documentElement.dataset.state;
let frame = document.getElementById("frame")?.getAttribute("src");
let turn = Promise.resolve(); // one thing is done at a time, so that every key acts on the page it was meant for
let from = null; // where the reader was before looking at the keys

function parts(page) {
  return new Map([...page.querySelectorAll("[data-part]")].map(part => [part.id, part.outerHTML]));
}

async function show(url) {
  const answer = await fetch(url, { cache: "no-store" });
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!page.querySelector("[data-part]")) {
    said.textContent = text;
    return false;
  }
  if (answer.redirected) history.replaceState(null, "", answer.url);
  swap(page);
  return true;
}

function swap(page) {
  const next = parts(page);
  const focused = document.activeElement?.id;
  for (const [id, html] of next) {
    if (html === printed.get(id)) continue;
    const old = document.getElementById(id);
    const made = page.getElementById(id);
    if (id === "easel" && moved(old, made)) continue;
    keepOpen(old, made);
    old.replaceWith(document.adoptNode(made));
    if (id === "easel") frame = document.getElementById("frame")?.getAttribute("src");
  }
  printed = next;
  state = page.documentElement.dataset.state;
  document.title = page.title;
  if (focused && document.activeElement?.id !== focused) {
    (document.getElementById(focused) ?? document.getElementById("letter")).focus({ preventScroll: true });
  }
}

// A frame that is led elsewhere leaves no entry in the history, and one that already shows the place is left alone.
function moved(old, made) {
  const [before, after] = [old, made].map(easel => easel.querySelector("iframe"));
  if (!before || !after) return false;
  for (const { name, value } of [...made.attributes]) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!made.hasAttribute(name)) old.removeAttribute(name);
  before.title = after.title;
  after.hasAttribute("width") ? (before.width = after.width) : before.removeAttribute("width");
  const url = after.getAttribute("src");
  if (url !== frame) before.contentWindow.location.replace(new URL(url, location.href));
  frame = url;
  return true;
}

// What a reader opened stays open; what was open because its story was chosen closes with the choice.
function keepOpen(old, made) {
  for (const opened of old.querySelectorAll("details[open]")) {
    const again = made.querySelector(`#${CSS.escape(opened.id)}`);
    if (again && !opened.closest(".chosen")) again.open = true;
  }
}

async function go(url, { leaves = "pushState" } = {}) {
  history[leaves](null, "", url);
  if (await show(url)) document.querySelector(".chosen")?.scrollIntoView({ block: "nearest" });
}

// The server may have been stopped: that is told, and asked again at the next turn.
function inTurn(act) {
  const told = async () => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch rejects with a TypeError when there is no answer
      said.textContent = "The preview does not answer. Is “digest preview” still running?";
    }
  };
  turn = turn.then(told, told);
  return turn;
}

async function poll() {
  if (!document.hidden) await inTurn(look);
  setTimeout(poll, EVERY);
}

async function look() {
  const answer = await fetch("/state", { cache: "no-store", headers: { "If-None-Match": `"${state}"` } });
  if (answer.status === 304) return;
  const changed = answer.headers.get("ETag")?.replaceAll('"', "");
  if (await show(location.href)) said.textContent = `Reloaded at ${new Date().toLocaleTimeString("en-GB")}.`;
  else state = changed;
}

function follow(id, otherwise) {
  const link = document.getElementById(id);
  said.textContent = link ? link.textContent.replace(/^\s*\d\s/, "").trim() : otherwise;
  return link && go(link.href);
}

async function story(step) {
  const links = [...document.querySelectorAll("#stories .open")];
  const here = links.findIndex(link => link.hasAttribute("aria-current"));
  const link = links[Math.min(Math.max(here + step, 0), links.length - 1)];
  if (!link) return;
  const { id, href } = link;
  await go(href, { leaves: "replaceState" });
  document.getElementById(id)?.focus();
}

function finding() {
  const found = [...document.querySelectorAll(".finding")];
  if (found.length) found[(found.indexOf(document.activeElement) + 1) % found.length].focus();
  else said.textContent = "There are no findings.";
}

function width() {
  const links = [...document.querySelectorAll(".widths a")];
  const here = links.findIndex(link => link.hasAttribute("aria-current"));
  return links.length && follow(links[(here + 1) % links.length].id);
}

function keys() {
  const help = document.getElementById("keys");
  if (document.activeElement === help) {
    (from ?? document.getElementById("letter")).focus();
  } else {
    from = document.activeElement === document.body ? null : document.activeElement;
    help.focus();
  }
}

const ACTS = {
  "[": () => follow("earlier", "There is no earlier day."),
  "]": () => follow("later", "There is no later day."),
  j: () => story(1),
  k: () => story(-1),
  f: finding,
  w: width,
  "?": keys,
};

const toggle = document.getElementById("switch");
toggle.hidden = false;
toggle.setAttribute("aria-pressed", String(localStorage.getItem(STORED) !== "off"));
toggle.addEventListener("click", () => {
  const on = toggle.getAttribute("aria-pressed") !== "true";
  toggle.setAttribute("aria-pressed", String(on));
  localStorage.setItem(STORED, on ? "on" : "off");
});
document.getElementById("watching").textContent = "This page follows templates, config and data by itself.";

document.addEventListener("keydown", event => {
  if (toggle.getAttribute("aria-pressed") !== "true") return; // WCAG 2.1.4: single keys can be turned off
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const act = /^[1-9]$/.test(event.key) ? () => follow(`view-${event.key}`) : ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  inTurn(act);
});

document.addEventListener("click", event => {
  const link = event.target.closest("a[href]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || link.target || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  inTurn(() => go(link.href));
});

addEventListener("popstate", () => inTurn(() => show(location.href)));
poll();

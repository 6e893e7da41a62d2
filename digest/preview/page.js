
"use strict";
// Everything from outside enters the page as text: there is no innerHTML here.
const FILES = { html: "issue.html", markdown: "issue.md", text: "issue.txt", mail: "issue.eml", record: "issue.json", manifest: "manifest.json" };
const FORMS = Object.keys(FILES), WIDTHS = ["320", "375", "600", "full"], SCHEMES = ["light", "dark", "inverted"];
const GMAIL = 102, SUBJECT = 60, PHONE = 35, PREHEADER = 90;
const find = (id) => document.getElementById(id);
const system = matchMedia("(prefers-color-scheme: dark)");
const roomy = matchMedia("(min-width: 1000px)"); // as in page.css: beside the issue there is room for the facts
const places = new Map(); // how far each form was scrolled
let state = null, wanted = "", current = null, sizes = null;

function make(tag, text = "", name = "", ...children) {
  const found = document.createElement(tag);
  found.textContent = text;
  if (name) found.className = name;
  found.append(...children);
  return found;
}

// A view is its address: #html/375/dark. What is left out is as usual.
function view() {
  const parts = location.hash.slice(1).split("/");
  const pick = (known, usual) => known.find((one) => parts.includes(one)) ?? usual;
  return { form: pick(FORMS, "html"), width: pick(WIDTHS, "full"), scheme: pick(SCHEMES, system.matches ? "dark" : "light") };
}

function address(change) {
  const { form, width, scheme } = { ...view(), ...change };
  const usual = system.matches ? "dark" : "light";
  return "#" + [form, width === "full" ? "" : width, scheme === usual ? "" : scheme].filter(Boolean).join("/");
}

const go = (change) => { location.hash = address(change); };

function showTools(seen) {
  document.documentElement.dataset.scheme = seen.scheme;
  find("view").dataset.width = seen.width;
  find("widths").hidden = seen.form !== "html";
  for (const tab of document.querySelectorAll("[data-form]")) {
    tab.href = address({ form: tab.dataset.form });
    if (tab.dataset.form !== seen.form) tab.removeAttribute("aria-current");
    else if (!tab.hasAttribute("aria-current")) {
      tab.setAttribute("aria-current", "page");
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
  for (const button of document.querySelectorAll("button[data-width], button[data-scheme]")) {
    const on = button.dataset.width ? button.dataset.width === seen.width : button.dataset.scheme === seen.scheme;
    button.setAttribute("aria-pressed", String(on));
  }
  const file = FILES[seen.form];
  find("alone").href = "/" + file;
  find("alone").hidden = !state?.issue;
  find("caption").textContent = state?.issue ? `${file} · ${kilobytes(state.files[file])}` : "";
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const cut = (text, most) => (text.length > most ? text.slice(0, most).trimEnd() + "…" : text);
const counted = (number, one, more) => `${number} ${number === 1 ? one : more}`;

function showState() {
  const { issue, mistake } = state;
  showMistake(mistake);
  find("facts").hidden = !issue;
  if (mistake) status("bad", issue ? `Not built; the last good issue is of ${time()}` : "Not built");
  else if (issue) status("good", `Built ${time()} in ${state.seconds} s`);
  else status("", "Building …");
  if (find("empty")) find("empty").textContent = mistake ? "There is no issue yet." : "Building the issue …";
  if (!issue) return;
  document.title = `${issue.title} · preview`;
  find("name").textContent = issue.title;
  find("about").textContent = `Issue ${issue.number} · ${issue.id} · ${counted(issue.stories, "story", "stories")} · ${issue.minutes} min`;
  showInbox(issue);
  showSize(state.mail_html / 1000);
  const short = showChecks(state.checks);
  const left = state.left_out.reduce((sum, { articles }) => sum + articles.length, 0);
  find("brief").textContent = `${short ? `${counted(short, "check", "checks")} not passed` : "all checks passed"} · ${counted(state.failures.length, "problem", "problems")} · ${left} left out · ${kilobytes(state.mail_html)}`;
  find("problems").replaceChildren(...(state.failures.length ? state.failures.map(problem) : [make("p", "None: every source was read.", "meta")]));
  find("left").replaceChildren(...(state.left_out.length ? state.left_out.map(leftOut) : [make("p", "Nothing: every report is shown.", "meta")]));
}

const time = () => new Date(state.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

function status(is, words) {
  find("status").dataset.is = is;
  find("status").textContent = words;
}

function showInbox(issue) {
  find("sender").textContent = issue.title;
  find("sender").title = issue.sender;
  find("subject").textContent = cut(issue.subject, PHONE);
  find("preheader").textContent = cut(issue.preheader, PREHEADER);
  showLength("subject", issue.subject, SUBJECT, `phones show ${PHONE}`);
  showLength("preheader", issue.preheader, PREHEADER, `up to ${PREHEADER} are shown`);
}

function showLength(name, text, most, told) {
  find(`cut-${name}`).textContent = `${name[0].toUpperCase()}${name.slice(1)}: ${counted(text.length, "character", "characters")}, ${told}`;
  find(`cut-${name}`).classList.toggle("over", text.length > most);
}

function showSize(size) {
  const share = Math.round((size / GMAIL) * 100);
  find("filled").style.width = `${Math.min(share, 100)}%`;
  find("meter").dataset.is = size > GMAIL ? "bad" : "";
  find("meter").setAttribute("aria-valuenow", size.toFixed(1));
  find("size").textContent = size > GMAIL ? `${size.toFixed(1)} kB: Gmail cuts a mail off at ${GMAIL} kB.` : `${size.toFixed(1)} of the ${GMAIL} kB that Gmail shows, ${share} %`;
}

// What was found is always seen; what was passed is folded. A fold that the editor opened stays open at the next build.
function showChecks(checks) {
  const open = new Set([...document.querySelectorAll("#checks details[open]")].map((one) => one.dataset.form));
  const all = checks.reduce((sum, one) => sum + one.checks.length, 0);
  const short = checks.reduce((sum, one) => sum + one.findings.length, 0);
  const told = `${all - short} of ${all} passed`;
  if (find("passed").textContent !== told) find("passed").textContent = told;
  find("passed").dataset.is = short ? "bad" : "good";
  find("checks").replaceChildren(...checks.flatMap((one) => checked(one, open)));
  return short;
}

function checked({ form, file, checks, findings }, open) {
  const names = new Set(findings.map((one) => one.name));
  const list = make("ul", "", "", ...checks.filter((name) => !names.has(name)).map((name) => make("li", name)));
  const fold = make("details", "", "", make("summary", "", "", make("b", `${checks.length - findings.length} of ${checks.length}`), form), list);
  fold.dataset.form = form;
  fold.title = file;
  fold.open = open.has(form);
  return [fold, ...findings.map(({ name, wrong, fix }) => problem({ source: name, where: "", cause: wrong, fix }))];
}

function problem({ source, where, cause, fix }) {
  const found = make("div", "", "problem", make("p", "", "", make("strong", `${source}: `), cause));
  if (where) found.append(make("p", where, "where"));
  if (fix) found.append(make("p", fix, "meta"));
  return found;
}

function leftOut({ reason, articles }) {
  const list = make("ul");
  for (const { title, source, language } of articles) {
    const words = make("span", title);
    words.dir = "auto";
    words.lang = language;
    list.append(make("li", "", "", words, ` (${source})`));
  }
  return make("details", "", "", make("summary", "", "", make("b", String(articles.length)), reason), list);
}

function showMistake(mistake) {
  const box = find("mistake");
  const told = JSON.stringify(mistake);
  if (box.dataset.told === told) return;
  box.dataset.told = told;
  box.hidden = !mistake;
  box.replaceChildren();
  if (!mistake) return;
  const close = make("button", "Hide");
  close.type = "button";
  close.title = "Key Esc";
  close.addEventListener("click", () => { box.hidden = true; });
  box.append(close, make("h2", "The issue could not be built"));
  if (mistake.where) box.append(make("p", mistake.where, "where"));
  box.append(make("p", mistake.cause, "cause"), make("p", mistake.fix, "meta"));
  if (state.issue) box.append(make("p", "Below stands the last good issue. This page follows as soon as you save.", "meta"));
}

// The new page is loaded unseen and takes the old one's place, so that nothing flickers or jumps.
function showPage(source, key) {
  const next = make("iframe", "", "next");
  next.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  next.title = "The issue as a web page";
  next.addEventListener("load", () => {
    if (key !== wanted) return next.remove();
    const page = next.contentDocument;
    for (const link of page.querySelectorAll("a[href]:not([href^='#'])")) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    const fit = () => { next.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height)}px`; };
    fit();
    sizes?.disconnect();
    sizes = new ResizeObserver(fit);
    sizes.observe(page.documentElement);
    next.classList.remove("next");
    for (const old of [...find("view").children]) if (old !== next) old.remove();
    settle("framed");
  }, { once: true });
  next.src = source;
  for (const old of find("view").querySelectorAll(".next")) old.remove();
  find("view").append(next);
}

async function showText(source, key) {
  const text = await (await fetch(source)).text();
  if (key !== wanted) return;
  find("view").replaceChildren(make("pre", text));
  settle("");
}

// A form seen for the first time begins at the top of the issue; one seen before, where it was left.
function settle(name) {
  find("view").className = `view ${name}`;
  const { form } = view();
  if (current !== form && current !== null) scrollTo(0, places.get(form) ?? Math.min(scrollY, find("issue").offsetTop));
  current = form;
}

function show() {
  const seen = view();
  showTools(seen);
  if (!state?.issue) return;
  const source = "/" + FILES[seen.form] + (seen.form === "html" ? `?scheme=${seen.scheme === "dark" ? "dark" : "light"}` : "");
  const key = `${source} ${state.at}`;
  if (key === wanted) return;
  wanted = key;
  if (seen.form === "html") showPage(source, key);
  else showText(source, key).catch(lost);
}

const lost = () => status("", "Not connected: is the preview still running?");

async function refresh() {
  try {
    state = await (await fetch("/state.json")).json();
    showState();
    show();
  } catch {
    lost();
  }
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { width, scheme } = view();
  const after = (known, one) => known[(known.indexOf(one) + 1) % known.length];
  if (event.key === "Escape") find("mistake").hidden = true;
  else if (FORMS[Number(event.key) - 1]) go({ form: FORMS[Number(event.key) - 1] });
  else if (event.key === "w") go({ width: after(WIDTHS, width) });
  else if (event.key === "d") go({ scheme: after(SCHEMES, scheme) });
}

addEventListener("scroll", () => { if (current) places.set(current, scrollY); }, { passive: true });
addEventListener("hashchange", show);
addEventListener("keydown", press);
system.addEventListener("change", show);
for (const button of document.querySelectorAll("button[data-width]")) button.addEventListener("click", () => go({ width: button.dataset.width }));
for (const button of document.querySelectorAll("button[data-scheme]")) button.addEventListener("click", () => go({ scheme: button.dataset.scheme }));
const unfold = () => { find("facts").open = roomy.matches; };
roomy.addEventListener("change", unfold);
unfold();
find("skip").addEventListener("click", (event) => { event.preventDefault(); find("issue").focus(); });
show();
const events = new EventSource("/events");
for (const name of ["open", "rebuilt", "failed"]) events.addEventListener(name, refresh);
events.addEventListener("error", lost);

// The moderators' screens by keyboard, and that a case is on somebody's screen. Whatever a key does a button does, too.

const frame = document.querySelector("[data-moderation]");
const BEAT = 30_000; // milliseconds between two signs of life; a lease is ten minutes
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

const typing = (node) => node.closest?.("textarea, select, [contenteditable=true], input:not([type=checkbox], [type=radio])");

function press(selector) {
  const button = [...document.querySelectorAll(selector)].find((one) => one.offsetParent !== null && !one.disabled);
  button?.click();
  return Boolean(button);
}

function go(node) {
  for (let box = node?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
  node?.scrollIntoView({ block: "center" });
  node?.focus({ preventScroll: true });
  return Boolean(node);
}

// j and k: from row to row, wherever the focus is.
function move(step) {
  const rows = [...frame.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[now < 0 ? (step > 0 ? 0 : rows.length - 1) : now + step];
  if (!next) return false;
  if (!next.querySelector("a, button")) next.tabIndex = -1;
  return go(next.querySelector("a, button") ?? next);
}

// A digit chooses that clause alone; with Shift it is added, or taken out again.
function pick(digit, more) {
  const form = document.querySelector("[data-decide]");
  const wanted = form?.querySelector(`[data-clause="${digit}"]`);
  if (!wanted) return false;
  if (more) wanted.checked = !wanted.checked;
  else for (const box of form.querySelectorAll("input[name=clauses]")) box.checked = box === wanted;
  wanted.dispatchEvent(new Event("change", { bubbles: true }));
  return go(form.querySelector("[data-delete]") ?? wanted);
}

// The words that are marked in the comment become lines of the field for what is to be blacked out.
function blackOut() {
  const text = document.querySelector("[data-comment-text]");
  const field = document.querySelector("[data-words]");
  const marked = getSelection();
  if (!text || !field || marked.isCollapsed || !text.contains(marked.anchorNode) || !text.contains(marked.focusNode)) {
    return go(field);
  }
  const pieces = marked.toString().split("\n").map((piece) => piece.trim()).filter(Boolean);
  const known = field.value.split("\n").map((piece) => piece.trim()).filter(Boolean);
  field.value = [...new Set([...known, ...pieces])].join("\n");
  return go(field);
}

function help() {
  const box = document.querySelector("[data-help]");
  box.open = !box.open;
  if (box.open) go(box.querySelector("summary"));
  return true;
}

const KEYS = {
  n: () => press("[data-key=n]"),
  a: () => press("[data-key=a]"),
  s: () => press("[data-key=s]"),
  z: () => press("[data-key=z]"),
  j: () => move(1),
  k: () => move(-1),
  r: blackOut,
  w: () => go(document.querySelector("[data-goto=w]")),
  b: () => go(document.querySelector("[data-goto=b]")),
  c: () => go(document.querySelector("[data-goto=c]")),
  "?": help,
  "/": () => {
    const field = document.querySelector("[data-goto='/']");
    if (field) return go(field);
    document.querySelector(".mod-ways a[href$='/search/']")?.click();
    return true;
  },
};

if (frame?.dataset.keys === "on") {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    // By the key's place: where digits need Shift, as on French keyboards, the bare key is the digit here.
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const done = digit ? pick(digit, event.shiftKey) : KEYS[event.key]?.();
    if (done) event.preventDefault();
  });
}

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (!frame?.contains(event.target) || event.target.method === "get") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The facts begin as the chosen clause has them, as long as nobody wrote anything else; a law is asked for where it is needed.
const facts = document.querySelector("[data-facts-field]");
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches?.("input[name=clauses]") || !box.checked) return;
  const suggested = [...document.querySelectorAll("input[name=clauses]")].map((one) => one.dataset.facts);
  if (facts && (!facts.value.trim() || suggested.includes(facts.value)) && box.dataset.facts) facts.value = box.dataset.facts;
  if (box.hasAttribute("data-illegal")) document.querySelector("[data-law]").open = true;
});

document.querySelector("[data-focus]")?.focus();

// That the case is on the screen is said every half minute; who lost it, or whose comment was changed, is told.
const shown = document.querySelector("[data-stay]");
const told = document.querySelector("[data-presence]");

function tell(sentence, again) {
  if (!told.hidden && told.firstChild?.textContent === sentence) return;
  told.replaceChildren(document.createTextNode(sentence));
  if (again) {
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = shown.dataset.look;
    told.append(" ", link);
  }
  told.hidden = false;
}

async function beat() {
  if (document.hidden) return;
  try {
    const answer = await fetch(shown.dataset.stay, {
      method: "POST",
      headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
    });
    if (!answer.ok) return;
    const { mine, version, says } = await answer.json();
    if (!mine) tell(says, true);
    else if (version !== null && String(version) !== shown.dataset.version) tell(shown.dataset.edited, true);
  } catch {
    // No network: the lease lasts longer than a short fault.
  }
}

if (shown && told) {
  setInterval(beat, BEAT);
  document.addEventListener("visibilitychange", beat);
}

// A trial at work: the page looks again while somebody has it before them and isn't about to press something.
if (document.querySelector("[data-reload]"))
  setInterval(() => document.visibilityState === "visible" && !document.activeElement?.closest("form") && location.reload(), 4000);

// The desk: keeps the checks fresh while an article is written, leads to what they name, marks mentions.

const panel = () => document.getElementById("desk-checks");
const token = () =>
  document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

let waiting = 0;

async function refresh() {
  const checks = panel();
  const place = checks?.querySelector("[data-findings]");
  const source = checks?.dataset.source || sourceFromAddress();
  if (!place || !source) return;
  const asked = ++waiting;
  const answer = await fetch(source, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok || asked !== waiting) return;
  const text = await answer.text();
  if (place.dataset.shown === text) return;
  place.dataset.shown = text;
  place.innerHTML = text;
}

// A draft that autosave has only just made has its number in the page's address.
function sourceFromAddress() {
  const match = location.pathname.match(/^(.*)\/pages\/(\d+)\/edit\//);
  return match ? `${match[1]}/desk/articles/${match[2]}/checks/` : "";
}

function target(anchor) {
  const part = anchor.replace(/^body\./, "");
  const names = [`[data-contentpath="${CSS.escape(part)}"]`, `#block-${CSS.escape(part)}-section`,
    `#panel-child-text-${CSS.escape(part)}-section`, `[id$="-${CSS.escape(part)}-section"]`, `#id_${CSS.escape(part)}`];
  for (const name of names) {
    const found = document.querySelector(name);
    if (found) return found;
  }
  return document.getElementById(`id_${part}-FORMS`)?.closest("[data-panel]") ?? null; // a list of rows
}

function jump(anchor) {
  const found = target(anchor);
  if (!found) return;
  const tab = found.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
  for (const closed of document.querySelectorAll("[data-panel-toggle][aria-expanded=false]")) {
    const body = document.getElementById(closed.getAttribute("aria-controls"));
    if (body?.contains(found)) closed.click();
  }
  const inside = found.querySelector(".w-panel__content") ?? found;
  const field =
    inside.querySelector("input:not([type=hidden]), textarea, [contenteditable=true]") ??
    inside.querySelector("button, a[href]");
  // A tab or panel that was closed takes a moment to open, and takes the focus for itself meanwhile.
  setTimeout(() => {
    found.scrollIntoView({ block: "center" });
    (field ?? found).focus({ preventScroll: true });
  }, 100);
}

function send(address, values) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token(), ...values })) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-jump]");
  const mark = event.target.closest("[data-mark]");
  const post = event.target.closest("[data-post]");
  if (!link && !mark && !post) return;
  event.preventDefault();
  if (link) jump(link.dataset.jump);
  if (mark) send(mark.dataset.mark, { key: mark.dataset.key, words: mark.dataset.words, anchor: mark.dataset.anchor });
  if (post) send(post.dataset.post, {});
});

// A headline is one line, however many the screen needs for it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-one-line]")) event.preventDefault();
});

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.("[data-one-line]") || !/[\r\n]/.test(field.value)) return;
  const end = field.selectionEnd;
  field.value = field.value.replace(/\r\n|[\r\n]/g, " ");
  field.setSelectionRange(end, end);
});

// Text editors and the field for tags come without a name: each is called as the heading above it.
const UNNAMED = "[role=textbox]:not([aria-label]), .tagit-new input:not([aria-label])";

function nameEditors() {
  for (const field of document.querySelectorAll(UNNAMED)) {
    const wrapper = field.closest(".w-field__wrapper");
    const heading =
      wrapper?.querySelector(".w-field__label") ?? field.closest(".w-panel")?.querySelector("[data-panel-heading-text]");
    if (heading) field.setAttribute("aria-label", heading.textContent.trim().replace(/\s*\*$/, ""));
  }
}

if (document.getElementById("main")) {
  nameEditors();
  let planned = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(planned);
    planned = requestAnimationFrame(nameEditors);
  }).observe(document.getElementById("main"), { childList: true, subtree: true });
}

document.addEventListener("w-autosave:success", () => setTimeout(refresh, 100));

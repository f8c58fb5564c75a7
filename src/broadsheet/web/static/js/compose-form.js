// A form for a comment, on a page, in a dialog or between comments: counts, and keeps what is written in this browser.
const DAYS = 7;
const PREFIX = "broadsheet-draft:";

export function enhance(root) {
  tidy();
  for (const form of root.querySelectorAll("[data-compose-fields]")) fill(form);
}

// What was written is no draft any more.
export function forget(form) {
  storage((kept) => kept.removeItem(place(form)));
}

function fill(form) {
  const text = form.elements.text;
  const edits = form.hasAttribute("data-edits"); // begins with the comment's words: nothing is a draft of it
  if (!edits) restore(form, text);
  count(form, text);
  text.addEventListener("input", () => {
    count(form, text);
    if (!edits) keep(form, text.value, false);
  });
  // Sent with its page: where the form comes back it brings the text along. What a script sends, that script forgets.
  form.addEventListener("submit", () => edits || form.closest(".compose-inline") || keep(form, text.value, true));
  form.querySelector("[data-change]")?.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    text.focus();
  });
}

function count(form, text) {
  const line = form.querySelector("[data-left]");
  const left = Number(text.dataset.longest) - [...text.value.trim()].length;
  line.hidden = false;
  line.classList.toggle("is-over", left < 0);
  line.querySelector("[data-left-count]").textContent = String(left);
}

function restore(form, text) {
  storage((kept) => {
    const draft = JSON.parse(kept.getItem(place(form)) ?? "null");
    if (!draft || text.value.trim()) return;
    if (draft.sent || draft.reader !== form.dataset.reader) kept.removeItem(place(form));
    else text.value = draft.text;
  });
}

function keep(form, text, sent) {
  storage((kept) => {
    if (!text.trim()) return kept.removeItem(place(form));
    const draft = { text: text.slice(0, 50000), sent, at: Date.now(), reader: form.dataset.reader };
    return kept.setItem(place(form), JSON.stringify(draft));
  });
}

function place(form) {
  const action = new URL(form.getAttribute("action") || "", location.href);
  return `${PREFIX}${action.pathname}#${form.dataset.answers ?? ""}`;
}

// Nothing stays for longer than a week.
function tidy() {
  storage((kept) => {
    for (const key of Object.keys(kept).filter((name) => name.startsWith(PREFIX))) {
      if (Date.now() - (JSON.parse(kept.getItem(key))?.at ?? 0) > DAYS * 86400000) kept.removeItem(key);
    }
  });
}

// Browsers may refuse to keep anything, and others than we may have written there: then nothing is kept.
function storage(act) {
  try {
    act(localStorage);
  } catch {
    // No draft.
  }
}

if (document.body.classList.contains("account-page")) enhance(document);

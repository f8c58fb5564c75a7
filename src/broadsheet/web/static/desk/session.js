// Nothing written is lost when the log-in runs out: before a form is sent the desk is asked whether it would be taken,
// and if not, the page stays as it is until its writer has logged in again beside it.

const words = document.querySelector("[data-desk-here]").dataset;
const SLOW = 8000; // milliseconds: without an answer by then the form is sent as it would be without us
let person = null;
let passing = null;
let asking = false;
let sent = false;

const tokens = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]");

// True: still logged in, with fresh tokens. False: logged out. Null: nobody can say (no network).
async function here() {
  try {
    const answer = await fetch(words.deskHere, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(SLOW) });
    if (answer.status === 401) return false;
    if (!answer.ok) return null;
    const { person: now, token, again } = await answer.json();
    if (person !== null && person !== now) return false;
    person = now;
    words.again = again;
    for (const field of tokens()) field.value = token;
    return true;
  } catch {
    return null;
  }
}

function ask() {
  if (document.querySelector(".desk-away[open]")) return;
  const box = document.createElement("dialog");
  box.className = "desk-picker desk-away";
  box.setAttribute("aria-labelledby", "desk-away-heading");
  const heading = document.createElement("h2");
  heading.id = "desk-away-heading";
  heading.textContent = words.away;
  const text = document.createElement("p");
  text.textContent = words.stays;
  const link = document.createElement("a");
  link.className = "button";
  link.href = words.login;
  link.target = "_blank";
  link.textContent = words.enter;
  const check = document.createElement("button");
  check.type = "button";
  check.className = "button button-secondary";
  check.textContent = words.check;
  check.addEventListener("click", () => back(box));
  box.append(heading, text, link, check);
  document.body.append(box);
  box.showModal();
}

function saveAgain(form) {
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
}

async function back(box) {
  if (!(await here())) return;
  box.close();
  box.remove();
  const form = document.querySelector("[data-edit-form]");
  if (!form) return;
  form.setAttribute("data-w-autosave-active-value", "true");
  saveAgain(form);
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text: words.again, type: "success" } }));
}

// The first click asks; clicks until the answer has come are the same click.
document.addEventListener(
  "click",
  async (event) => {
    const button = event.target.closest?.("button:not([type]), button[type=submit], input[type=submit], [data-mark], [data-post]");
    if (!button || button === passing || !button.closest("[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking || sent) return;
    asking = true;
    const answer = await here();
    asking = false;
    if (answer === false) {
      ask();
      return;
    }
    passing = button;
    button.click();
    setTimeout(() => {
      passing = null;
    }, 0);
  },
  true,
);

// What was sent is not sent again by another click, unless no answer comes.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("[data-edit-form]")) return;
  sent = true;
  setTimeout(() => {
    sent = false;
  }, SLOW);
});

document.addEventListener("w-autosave:error", async () => {
  if ((await here()) === false) ask();
});

window.addEventListener("focus", () => {
  const box = document.querySelector(".desk-away[open]");
  if (box) back(box);
});

if (document.querySelector("[data-edit-form]")) here();

// What is typed while a save is under way counts as saved for the form; if it is still other than what was sent a moment
// later, it is saved too.
const MOMENT = 800;
const PASSING = /csrf|revision|(^|-)(id|INITIAL_FORMS|TOTAL_FORMS)$/;
let underWay = "";
let repeated = "";

const written = (data) => JSON.stringify([...data].filter(([name, value]) => typeof value === "string" && !PASSING.test(name)));

document.addEventListener("w-autosave:save", (event) => {
  underWay = written(event.detail.formData);
});

document.addEventListener("w-autosave:success", () => {
  setTimeout(() => {
    const form = document.querySelector("[data-edit-form]");
    const now = form ? written(new FormData(form)) : "";
    if (now === underWay || now === repeated) return;
    repeated = now;
    saveAgain(form);
  }, MOMENT);
});

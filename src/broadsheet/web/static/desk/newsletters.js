// An issue being written: saved while its editor writes, articles moved without the page going, screens kept up to date.
const form = document.querySelector("[data-issue]");
if (form) begin(form);

for (const kinds of document.querySelectorAll("[data-kinds]")) mark(kinds);
document.querySelector("[data-send]")?.addEventListener("submit", (event) => {
  for (const key of event.target.querySelectorAll("[type=submit]")) setTimeout(() => { key.disabled = true; });
});

function mark(kinds) {
  kinds.addEventListener("click", (event) => {
    const chosen = event.target.closest("a");
    if (!chosen) return;
    for (const each of kinds.querySelectorAll("a")) each.removeAttribute("aria-current");
    chosen.setAttribute("aria-current", "true");
  });
}

function begin(form) {
  const PAUSE = 1500, AGAIN = 5000;
  let changed = 0, stored = 0, timer, at = Promise.resolve();
  const part = (name, root = document) => root.querySelector(`[data-part="${name}"]`);
  const conflict = () => form.querySelector("[data-conflict]") !== null;

  count();
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-search]")) return;
    changed += 1;
    later(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    const key = event.submitter;
    if (!key || key.hasAttribute("data-leaves")) return wait(event);
    event.preventDefault();
    clearTimeout(timer);
    ask(key.value, key);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-search]")) return;
    event.preventDefault();
    ask("search", event.target);
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-gives-up]")) stored = changed;
  });
  addEventListener("beforeunload", (event) => {
    if (changed > stored) event.preventDefault();
  });

  function later(pause) {
    clearTimeout(timer);
    if (!conflict()) timer = setTimeout(() => ask("save"), pause);
  }

  // What leaves the page waits for what is being saved, so that it carries the version that is there then.
  function wait(event) {
    stored = changed;
    clearTimeout(timer);
    if (form.dataset.busy === undefined) return;
    event.preventDefault();
    const key = event.submitter;
    at.then(() => form.requestSubmit(key));
  }

  function ask(op, key) {
    at = at.then(() => send(op, key));
  }

  async function send(op, key) {
    const upTo = changed, told = part("saved");
    const body = new FormData(form);
    body.set("op", op);
    form.dataset.busy = "";
    told.textContent = form.dataset.saving;
    told.classList.remove("is-late");
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const elsewhere = new URL(answer.url).pathname !== location.pathname; // to log in, say: what was written stays here
      if (elsewhere && !fresh.querySelector("[data-issue]")) throw new Error(answer.url);
      show(fresh, op, key, answer.url);
      if (!conflict()) stored = Math.max(stored, upTo);
      if (changed > upTo) later(PAUSE);
    } catch {
      told.textContent = form.dataset.failed;
      told.classList.add("is-late");
      if (op === "save") later(AGAIN);
    }
    delete form.dataset.busy;
  }

  function show(fresh, op, key, address) {
    if (!fresh.querySelector("[data-issue]")) return location.assign(address); // it is a draft no more
    for (const name of op === "save" && !key ? ["told", "version", "saved"] : ["told", "version", "saved", "picks", "found"]) {
      part(name)?.replaceWith(part(name, fresh));
    }
    const shown = document.querySelector(".messages"), told = fresh.querySelector(".messages");
    if (shown && told && told.children.length) shown.replaceChildren(...told.children);
    focus(op);
    for (const frame of document.querySelectorAll("[data-preview]")) reload(frame);
  }

  // The script can't ask a frame without rights where it is: the chosen link says so.
  function reload(frame) {
    const chosen = document.querySelector(`a[target="${frame.name}"][aria-current]`);
    frame.src = chosen ? chosen.href : frame.src;
  }

  function focus(op) {
    const [what, number] = op.split(":");
    if (conflict()) return form.querySelector("[data-conflict]").scrollIntoView({ block: "center" });
    if (what === "search") return document.getElementById("words").focus();
    if (what === "remove") return document.getElementById("picks").focus();
    if (what === "add") return document.getElementById("found").focus();
    if (!["up", "down", "first"].includes(what)) return;
    const moved = document.getElementById(`pick-${number}`);
    const same = moved.querySelector(`[value="${op}"]:not([disabled])`);
    (same ?? moved).focus();
    moved.scrollIntoView({ block: "nearest" });
  }

  function count() {
    const field = form.elements.subject, place = form.querySelector("[data-count]");
    const draw = () => {
      const length = [...field.value.trim().replaceAll(/\s+/g, " ")].length;
      place.textContent = place.dataset.count.replace("%(count)s", length).replace("%(shown)s", place.dataset.shown);
      place.classList.toggle("is-over", length > Number(place.dataset.shown));
    };
    field.addEventListener("input", draw);
    draw();
  }
}

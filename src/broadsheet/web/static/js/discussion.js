// A discussion: hears of new comments and offers them behind a button; nothing moves under the reader's eyes unasked.
// What was deleted or changed is so at once. Without a stream it asks every so often.
import { hearTime } from "./clock.js";
import { join } from "./stream.js";

const POLL = 20000;
const NEAR = "800px"; // readers who never come near the discussion hold no stream for it

for (const section of document.querySelectorAll("[data-discussion][data-number]")) whenNear(section, () => follow(section));

function whenNear(section, begin) {
  if (document.querySelector("[data-live]:not([data-ended])") || location.hash.startsWith("#comment-")) return begin();
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    begin();
  }, { rootMargin: NEAR });
  observer.observe(section);
}

export function follow(section) {
  const list = section.querySelector("[data-strands]");
  const bar = section.querySelector("[data-new-comments]");
  const button = section.querySelector("[data-show-new]");
  const number = section.dataset.number;
  const atTop = section.dataset.sort === "newest" && "first" in section.dataset;
  let since = 0; // the newest number that was told
  let many = 0; // so many came at once that they were not sent
  let timer = 0;
  const waiting = new Map();

  const known = (id) => document.getElementById(`comment-${id}`);
  const strandOf = (told) => list.querySelector(`[data-strand="${told.root}"]`);
  const offer = () => {
    const count = waiting.size + many;
    bar.classList.toggle("is-empty", count === 0);
    if (count) button.textContent = count === 1 ? button.dataset.one : button.dataset.many.replace("{count}", String(count));
  };
  const hear = (told) => {
    since = Math.max(since, told.number ?? 0);
    const here = known(told.id);
    if (told.words) for (const counter of document.querySelectorAll("[data-comment-count]")) counter.textContent = told.words;
    if (here) change(here, told);
    else if (!told.visible) waiting.delete(told.id);
    else if (told.root ? strandOf(told) || waiting.has(told.root) : atTop) waiting.set(told.id, told);
    offer();
  };
  const change = (here, told) => {
    const fresh = indented(made(told.html), here.dataset.indent);
    if (fresh.dataset.mark === here.dataset.mark) return;
    const held = here.contains(document.activeElement);
    here.replaceWith(fresh);
    if (held) fresh.focus({ preventScroll: true });
    announce();
  };
  const announce = () => section.dispatchEvent(new CustomEvent("broadsheet:comments", { bubbles: true }));

  const place = (told) => {
    const element = made(told.html);
    element.classList.add("is-new");
    const item = document.createElement("li");
    if (!told.root) {
      item.className = "strand";
      item.dataset.strand = told.id;
      item.append(element);
      list.prepend(item);
      return element;
    }
    const replies = repliesOf(strandOf(told), told);
    const above = known(told.parent);
    const stands = above?.closest("[data-reply-list]") === replies;
    const indent = stands ? Math.min(Number(above.dataset.indent) + 1, 3) : 1;
    item.append(indented(element, indent));
    let before = null;
    if (stands) {
      before = above.closest("li").nextElementSibling;
      while (before && Number(before.querySelector("[data-comment]")?.dataset.indent) >= indent) before = before.nextElementSibling;
    }
    replies.insertBefore(item, before);
    return element;
  };
  const repliesOf = (strand, told) => {
    let box = strand.querySelector("[data-replies]");
    if (!box) {
      box = document.createElement("details");
      box.className = "replies";
      box.dataset.replies = "";
      const items = document.createElement("ol");
      items.dataset.replyList = "";
      box.append(document.createElement("summary"), items);
      strand.append(box);
    }
    box.open = true;
    if (told.replies) box.querySelector("summary").textContent = told.replies;
    return box.querySelector("[data-reply-list]");
  };
  button.addEventListener("click", () => {
    if (many) return location.reload();
    section.querySelector("[data-nothing]")?.remove();
    const placed = [...waiting.values()].sort((a, b) => a.id - b.id).filter((told) => !known(told.id) && (!told.root || strandOf(told))).map(place);
    waiting.clear();
    offer();
    announce();
    const first = placed.filter((element) => !element.dataset.indent).at(-1) ?? placed[0];
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "nearest" });
  });

  const ask = async () => {
    try {
      const answer = await fetch(`/live/${number}/comments/since/${since}/`, { cache: "no-store" });
      if (!answer.ok) return;
      hearTime(answer);
      const { number: latest, comments, reload } = await answer.json();
      if (reload) many = Math.max(many, 1);
      comments.forEach(hear);
      since = Math.max(since, latest);
      section.dataset.told = since;
      offer();
    } catch {
      // Offline: asked again later.
    }
  };
  const poll = (on) => {
    clearInterval(timer);
    timer = on ? setInterval(() => document.hidden || ask(), POLL) : 0;
    if (on && !since) ask();
  };
  document.addEventListener("visibilitychange", () => timer && !document.hidden && ask());
  const stream = join(number, (runs) => poll(!runs));
  stream.on("comment", (event) => hear(JSON.parse(event.data)));
  stream.on("comments", (event) => {
    const told = JSON.parse(event.data);
    since = Math.max(since, told.number);
    many += told.count;
    offer();
  });
  stream.on("ready", (event) => {
    since = Math.max(since, JSON.parse(event.data).number);
  });
  stream.on("reload", () => {
    many = Math.max(many, 1);
    offer();
  });
}

function made(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

function indented(element, indent) {
  for (const name of [...element.classList]) if (name.startsWith("indent-")) element.classList.remove(name);
  delete element.dataset.indent;
  if (indent) {
    element.classList.add("is-reply", `indent-${indent}`);
    element.dataset.indent = indent;
  }
  return element;
}

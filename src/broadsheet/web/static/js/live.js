// A live blog: hears of new posts and offers them behind a button; nothing moves under the reader's eyes unasked.
import { hearTime } from "./clock.js";
import { join } from "./stream.js";

const POLL = 20000;

export function follow(section) {
  const list = section.querySelector("[data-live-list]");
  const bar = section.querySelector("[data-live-bar]");
  const button = section.querySelector("[data-live-show]");
  const number = section.dataset.live;
  let since = Number(section.dataset.since);
  let waiting = new Map();
  let timer = 0;

  const offer = () => {
    const fresh = [...waiting.values()].filter((post) => !known(post.id)).length;
    bar.hidden = fresh === 0;
    button.textContent = fresh === 1 ? button.dataset.one : button.dataset.many.replace("{count}", String(fresh));
  };
  const known = (id) => list.querySelector(`[data-post="${id}"]`);

  const fetchNew = async () => {
    try {
      const answer = await fetch(`/live/${number}/since/${since}/`, { cache: "no-store" });
      if (!answer.ok) return;
      hearTime(answer);
      const { number: latest, posts, removed, ended } = await answer.json();
      since = Math.max(since, latest);
      for (const id of removed) {
        waiting.delete(id);
        known(id)?.remove();
      }
      for (const post of posts) {
        if (known(post.id)) known(post.id).replaceWith(made(post));
        else waiting.set(post.id, post);
      }
      offer();
      if (ended) stop();
    } catch {
      // Offline: asked again later.
    }
  };
  const made = (post) => {
    const holder = document.createElement("template");
    holder.innerHTML = post.html;
    return holder.content.firstElementChild;
  };
  const place = (post) => {
    const element = made(post);
    element.classList.add("is-new");
    const before = [...list.children].find(
      (other) => !other.dataset.post
        || (other.classList.contains("is-pinned") === post.pinned && Date.parse(other.dataset.at) <= Date.parse(post.at))
        || (post.pinned && !other.classList.contains("is-pinned")),
    );
    if (before) before.before(element);
    else list.append(element);
    return element;
  };
  button.addEventListener("click", () => {
    list.querySelector(".nothing")?.remove();
    const placed = [...waiting.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).map(place);
    waiting = new Map();
    offer();
    const first = placed.at(-1);
    first?.querySelector("a")?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "start" });
  });

  let stream = null;
  let soon = 0;
  const stop = () => {
    clearInterval(timer);
    stream?.leave();
  };
  const poll = () => {
    clearInterval(timer);
    timer = setInterval(() => document.hidden || fetchNew(), POLL);
  };
  const hear = () => {
    clearTimeout(soon);
    soon = setTimeout(fetchNew, 250);
  };
  poll();
  stream = join(number, (runs) => {
    if (!runs) return poll();
    clearInterval(timer);
    fetchNew();
  });
  stream.on("message", hear);
  stream.on("post", hear);
}

// An article's page: counts the view, fetches the short address, leafs through galleries, loads embeds on demand.
import { hearTime } from "./clock.js";

countView();
offerShortAddress();
for (const gallery of document.querySelectorAll("[data-gallery]")) leafThrough(gallery);
for (const embed of document.querySelectorAll("[data-embed]")) loadOnClick(embed);
const note = document.querySelector("[data-correction]");
if (note) takeSentence(note);
const live = document.querySelector("[data-live]:not([data-ended])");
if (live) import("./live.js").then((module) => module.follow(live));

async function countView() {
  const counter = document.querySelector("[data-views]");
  if (!counter || navigator.webdriver) return;
  try {
    hearTime(await fetch(`/views/${counter.dataset.views}/`, { method: "POST", keepalive: true, credentials: "omit" }));
  } catch {
    // Not counted.
  }
}

// Words that are selected in the story go with the reader to the form that says what is wrong.
function takeSentence(link) {
  const story = link.closest("article, main");
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const words = chosen.isCollapsed || !story?.contains(chosen.anchorNode) ? "" : chosen.toString().trim().slice(0, 600);
    if (words) link.search = new URLSearchParams({ sentence: words });
  });
}

function offerShortAddress() {
  const form = document.querySelector("[data-short]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const out = form.querySelector("[data-short-out]");
    try {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      const { url } = await answer.json();
      out.textContent = url;
      await navigator.clipboard?.writeText(url);
    } catch {
      if (!out.textContent) form.submit();
    }
  });
}

function leafThrough(gallery) {
  const strip = gallery.querySelector("[data-gallery-strip]");
  const keys = gallery.querySelector("[data-gallery-keys]");
  const count = gallery.querySelector("[data-gallery-count]");
  const pictures = [...strip.children];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let at = 0;
  const go = (to) => {
    at = Math.min(Math.max(to, 0), pictures.length - 1);
    const way = pictures[at].getBoundingClientRect().left - strip.getBoundingClientRect().left;
    strip.scrollBy({ left: way, behavior: calm.matches ? "auto" : "smooth" });
    tell();
  };
  const tell = () => {
    count.textContent = `${at + 1} / ${pictures.length}`;
    for (const key of keys.querySelectorAll("[data-step]")) {
      key.disabled = Number(key.dataset.step) < 0 ? at === 0 : at === pictures.length - 1;
    }
  };
  keys.hidden = false;
  tell();
  for (const key of keys.querySelectorAll("[data-step]")) {
    key.addEventListener("click", () => go(at + Number(key.dataset.step)));
  }
  strip.addEventListener("keydown", (event) => {
    const mirrored = getComputedStyle(strip).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(at + step * mirrored);
  });
  watch(strip, pictures, (index) => {
    at = index;
    tell();
  });
}

function watch(strip, pictures, seen) {
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) seen(pictures.indexOf(entry.target));
  }, { root: strip, threshold: 0.6 });
  for (const picture of pictures) observer.observe(picture);
}

function loadOnClick(embed) {
  const key = embed.querySelector("[data-embed-load]");
  key.hidden = false;
  key.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = embed.dataset.embed;
    frame.title = embed.querySelector(".embed-title").textContent;
    frame.allow = "fullscreen";
    embed.replaceChildren(frame);
    frame.focus();
  });
}

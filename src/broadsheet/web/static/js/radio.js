// The radio goes on while pages change: its bar stays in this document, and the pages that the reader turns to are
// shown whole, in a frame above the bar. Each of them loads as it always does; this one shows its address and title.
const PAGE = "data-radio-page";
let bar = null;
let page = null;
let first = null; // what this document showed before the first turn

export function listen(address) {
  if (!bar) open(address);
  else if (bar.dataset.address !== address) bar.contentWindow.location.replace(address); // another edition's radio
  bar.dataset.address = address;
  bar.focus();
}

function open(address) {
  style();
  bar = Object.assign(document.createElement("iframe"), { src: address, className: "radio-frame", allow: "autoplay" });
  bar.title = document.querySelector("[data-listen]")?.textContent.trim() ?? "";
  bar.addEventListener("broadsheet:close", close);
  bar.addEventListener("broadsheet:turn", (event) => turn(event.detail));
  document.documentElement.classList.add("has-radio");
  document.body.append(bar);
}

// The page that is shown stays; the links of it lead on without a frame.
function close() {
  bar.remove();
  bar = null;
  document.documentElement.classList.remove("has-radio");
  (page ?? document.querySelector("[data-listen]"))?.focus();
}

// Anything in doubt is left to the browser: the radio ends there, as on any other way out.
function turns(event, link) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (link.target || link.hasAttribute("download") || link.dataset.dialog !== undefined) return false;
  if (link.origin !== location.origin || !link.pathname.endsWith("/")) return false;
  if (/^\/(?:editor|mailbox)\//.test(link.pathname)) return false;
  return link.pathname !== location.pathname || link.search !== location.search;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!bar || page || !link || !turns(event, link)) return;
  event.preventDefault();
  turn(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const place = new URL(form.action, location.href);
  if (!bar || page || event.defaultPrevented || form.method !== "get" || form.target || place.origin !== location.origin) return;
  event.preventDefault();
  place.search = new URLSearchParams(new FormData(form, event.submitter));
  turn(place.href);
});

function turn(address) {
  if (page) {
    page.contentWindow.location.assign(address);
    return;
  }
  const before = { title: document.title, lang: document.documentElement.lang, dir: document.documentElement.dir, at: scrollY };
  history.pushState({ radio: true }, "", address);
  first = before;
  show(address);
}

function show(address) {
  for (const part of parts()) part.inert = true;
  document.documentElement.classList.add("has-radio-page");
  page = Object.assign(document.createElement("iframe"), { src: address, className: "radio-page-frame" });
  page.setAttribute(PAGE, "");
  page.addEventListener("load", arrived);
  page.addEventListener("broadsheet:turned", arrived);
  page.addEventListener("broadsheet:listen", (event) => listen(event.detail));
  (bar ?? document.body.lastElementChild).before(page);
  page.focus();
  dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })); // streams of the page behind end
}

function arrived() {
  let place = null;
  try {
    place = page.contentWindow.location;
    if (place.href === "about:blank") return;
  } catch {
    return location.reload(); // it isn't ours: without the radio, the browser shows what it is
  }
  const shown = page.contentDocument;
  if (place.href !== location.href) history.replaceState({ radio: true }, "", place.href);
  page.title = document.title = shown.title;
  document.documentElement.lang = shown.documentElement.lang;
  document.documentElement.dir = shown.documentElement.dir;
  page.toggleAttribute("data-over", !bar);
}

addEventListener("popstate", (event) => {
  if (event.state?.radio) {
    if (!page) show(location.href);
  } else if (page) {
    page.remove();
    page = null;
    for (const part of parts()) part.inert = false;
    document.documentElement.classList.remove("has-radio-page");
    document.title = first.title;
    Object.assign(document.documentElement, { lang: first.lang, dir: first.dir });
    document.querySelector("main")?.focus({ preventScroll: true });
    scrollTo({ top: first.at, behavior: "instant" });
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  }
});

// On paper there is the page, and all of it.
addEventListener("beforeprint", () => {
  if (page?.contentDocument) page.style.blockSize = `${page.contentDocument.documentElement.scrollHeight}px`;
});
addEventListener("afterprint", () => page?.style.removeProperty("block-size"));

function parts() {
  return [...document.body.children].filter((part) => part !== bar && part !== page);
}

function style() {
  const sheet = document.querySelector("link[href*='/css/paper.']");
  if (document.querySelector("link[data-radio-style]")) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("../css/radio.css", import.meta.url) });
  link.dataset.radioStyle = "";
  sheet.after(link);
}

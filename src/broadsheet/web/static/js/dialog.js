// Pages of accounts in a dialog on the page they were opened from: the very pages, fetched; their forms are sent and
// answered there. A step forward is an entry of the history, so that the back button leads through them and out.
import { enhance } from "./account-fields.js";
import { refresh } from "./reader.js";

const ACCOUNTS = /^\/(?:[a-z]{2,3}(?:-[a-z0-9]{2,8})*\/)?accounts\//;
const nav = document.querySelector("[data-reader]");
const box = document.createElement("dialog");
const body = document.createElement("div");
const loaded = new Map(); // scripts of pages, each once
let busy = false;

// Open the page in the dialog; what can't be shown there is gone to.
export async function open(address) {
  if (busy) return;
  if (!box.isConnected) await build();
  await go(address, {}, "push");
}

// After a reload: the dialog that this entry of the history stands for.
export async function reopen() {
  await build();
  await go(history.state.dialog, {}, "keep");
}

async function build() {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "account-close";
  close.textContent = nav.dataset.close;
  close.addEventListener("click", () => box.close());
  box.className = "account-dialog";
  box.setAttribute("aria-labelledby", "account-dialog-title");
  body.className = "account-main";
  body.dataset.accountContent = "";
  box.append(close, body);
  box.addEventListener("click", follow);
  box.addEventListener("submit", send);
  box.addEventListener("close", left);
  addEventListener("popstate", (event) => {
    const address = event.state?.dialog;
    if (address) go(address, {}, "keep");
    else if (box.open) box.close();
  });
  document.body.append(box);
  await style();
}

function style() {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: nav.dataset.style });
  return new Promise((done) => {
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  });
}

// Ask for a page and show it; false where none could be had. `step` says what becomes of the history: push, replace or keep.
async function go(address, options, step) {
  busy = true;
  box.setAttribute("aria-busy", "true");
  document.documentElement.classList.add("is-waiting");
  try {
    const answer = await fetch(address, { ...options, headers: { Accept: "text/html", ...options.headers } }).catch(() => null);
    if (answer) await show(answer, options.method === "POST" && !answer.redirected ? address : answer.url, step);
    return answer !== null;
  } finally {
    busy = false;
    box.removeAttribute("aria-busy");
    document.documentElement.classList.remove("is-waiting");
  }
}

async function show(answer, address, step) {
  const place = new URL(address, location.href);
  if (!ACCOUNTS.test(place.pathname)) return ended(place);
  const page = answer.headers.get("Content-Type")?.startsWith("text/html")
    ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const content = page?.querySelector("[data-account-content]");
  if (!content) return location.assign(place);
  remember(place, step);
  const more = [...page.querySelectorAll("[data-account-more] > :not(script[src])")];
  const scripts = [...page.querySelectorAll("script[src]")];
  Object.assign(body.dataset, content.dataset);
  body.replaceChildren(...[...content.childNodes, ...more].map((node) => document.adoptNode(node)));
  settle(place);
  if (!box.open) box.showModal();
  box.scrollTop = 0;
  focus();
  enhance(body);
  run(scripts, place); // not waited for: what is filled in meanwhile can be sent
}

// Addresses are those of the page shown, not of the page behind it; forms that scripts send are sent from here, too.
function settle(place) {
  for (const link of body.querySelectorAll("a[href]:not([href^='#'])")) link.href = new URL(link.getAttribute("href"), place);
  for (const script of body.querySelectorAll("script[src]")) script.remove();
  for (const form of body.querySelectorAll("form")) {
    form.setAttribute("action", new URL(form.getAttribute("action") || "", place));
    form.submit = () => form.requestSubmit();
  }
  const title = body.querySelector("h1");
  if (title) Object.assign(title, { id: "account-dialog-title", tabIndex: -1 });
}

// On a keyboard the first field, elsewhere the title, which opens no keyboard of the screen over it; never the captcha's trap.
function focus() {
  const wanted = matchMedia("(pointer: fine)").matches
    && body.querySelector("form :is(input:not([type=hidden], [type=checkbox], [type=radio], [tabindex='-1']), textarea)");
  const field = body.querySelector("[autofocus], [data-first]") ?? (wanted || body.querySelector("h1"));
  field?.focus();
}

// Scripts of the page, each loaded once and asked each time: modules by `enhance`, allauth's by the words it leaves.
async function run(scripts, place) {
  for (const script of scripts) {
    const source = new URL(script.getAttribute("src"), place);
    if (source.origin !== location.origin || source.pathname.includes("/account-page.")) continue;
    if (script.type === "module") (await import(source)).enhance?.(body);
    else {
      if (!loaded.has(source.href)) loaded.set(source.href, classic(source));
      await loaded.get(source.href);
    }
  }
  for (const told of body.querySelectorAll("script[data-allauth-onload]")) {
    const path = told.dataset.allauthOnload;
    if (path.startsWith("allauth.")) path.split(".").reduce((at, word) => at?.[word], window)?.(JSON.parse(told.textContent));
  }
}

function classic(source) {
  return new Promise((done) => {
    const script = Object.assign(document.createElement("script"), { src: source, async: false });
    script.onload = script.onerror = done;
    document.head.append(script);
  });
}

function remember(place, step) {
  const depth = history.state?.depth ?? 0;
  if (step === "push") history.pushState({ dialog: place.href, depth: depth + 1 }, "");
  else if (step === "replace") history.replaceState({ dialog: place.href, depth }, "");
}

function follow(event) {
  const link = event.target.closest("a[href]");
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    box.close();
  } else if (link?.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    point(link.getAttribute("href"));
  } else if (link && !event.defaultPrevented && !link.target && !link.hasAttribute("download") && plain(event) && inside(link)) {
    event.preventDefault();
    if (!busy) go(link.href, {}, "push");
  }
}

function plain(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function inside(link) {
  return link.origin === location.origin && ACCOUNTS.test(link.pathname) && !link.hash;
}

// A place in the dialog, as the field that an error is about; the page behind may have the same name.
function point(hash) {
  const target = body.querySelector(`#${CSS.escape(hash.slice(1))}`);
  (target?.querySelector("input, select, textarea") ?? target)?.focus();
}

async function send(event) {
  const form = event.target;
  const action = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const place = new URL(action, location.href);
  if (event.defaultPrevented || form.method === "dialog" || form.hasAttribute("data-leave") || place.origin !== location.origin) return;
  event.preventDefault();
  if (busy) return;
  const fields = new FormData(form, event.submitter);
  if (form.method === "get") {
    place.search = new URLSearchParams(fields);
    await go(place.href, {}, "push");
    return;
  }
  const whole = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
  if (await go(place.href, { method: "POST", body: whole }, "replace")) return;
  // What leads to another site, or finds none, is sent as without scripts: the browser shows where it ends.
  form.dataset.leave = "";
  form.requestSubmit(event.submitter);
}

// The flow is over: the page behind stays, and shows who reads now; members of the newsroom go on to the desk.
function ended(place) {
  if (place.pathname.startsWith("/editor/")) location.assign(place);
  else box.close();
}

async function left() {
  body.replaceChildren();
  const depth = history.state?.depth ?? 0;
  if (depth) history.go(-depth);
  await refresh();
  // What opened the dialog has the focus again, unless it is gone: a reader who logged in has a menu there.
  if (document.activeElement === document.body) nav.querySelector("summary, a")?.focus();
}

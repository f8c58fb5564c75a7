// Push notifications: the paper's own question, and what browser and paper say to each other.
// What was answered is remembered by this browser for each edition; the browser's own question comes after Accept alone.
const root = document.querySelector("[data-reader]")?.dataset.me.replace(/me\/$/, "") ?? "/";
const NAME = `broadsheet push ${root}`;
const BUSY = "dialog[open], .reader-gate, .push-offer";
const DAY = 86_400_000;

export const supported = "PushManager" in window && "serviceWorker" in navigator && "Notification" in window;

export function recall() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null; // No memory is allowed: then it is asked once a visit.
  }
}

export function remember(answer) {
  try {
    if (answer) localStorage.setItem(NAME, answer);
    else localStorage.removeItem(NAME);
  } catch {
    // As above.
  }
}

export async function send(path, body) {
  const answer = await fetch(`${root}accounts/push/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error([said.what, said.why, said.remedy].filter(Boolean).join(" ") || answer.statusText);
  return said;
}

// This browser's subscription to push, whoever it is known to; null where there is none.
export async function current() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return await registration?.pushManager.getSubscription() ?? null;
}

// Ask the browser and tell the paper. "denied" is the reader's answer to the browser; anything else that fails throws.
export async function subscribe({ key, topics, quiet = null, way }) {
  if (await Notification.requestPermission() !== "granted") return "denied";
  const registration = await navigator.serviceWorker.register("/push-worker.js", { scope: "/" });
  await navigator.serviceWorker.ready;
  let subscription = await registration.pushManager.getSubscription();
  if (subscription && written(subscription.options.applicationServerKey) !== key) {
    await subscription.unsubscribe(); // the paper has a new key
    subscription = null;
  }
  subscription ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const state = await send("subscription/", { subscription, key, topics, quiet, zone, way });
  remember(`accepted ${Date.now()}`);
  return state;
}

export async function withdraw() {
  const subscription = await current();
  remember("refused");
  if (!subscription) return;
  await send("subscription/withdraw/", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

export function written(key) {
  return key ? btoa(String.fromCharCode(...new Uint8Array(key))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") : "";
}

// Ask whoever was not asked yet, where nothing else asks; look once a day whether what was accepted still holds.
export async function offer() {
  if (!supported || Notification.permission === "denied") return;
  const answer = recall();
  if (answer === "refused") return;
  if (answer) return keep(Number(answer.split(" ")[1]));
  if (document.querySelector(BUSY) || document.visibilityState !== "visible") return void setTimeout(offer, 10_000);
  const told = await (await fetch(`${root}accounts/push/dialog/`)).json();
  if (told.title && !document.querySelector(BUSY)) await show(told);
}

async function keep(at) {
  if (Date.now() - at < DAY || Notification.permission !== "granted") return;
  const [told, subscription] = [await (await fetch(`${root}accounts/push/dialog/`)).json(), await current()];
  if (!told.key) return;
  const state = subscription ? await send("subscription/state/", { endpoint: subscription.endpoint }) : {};
  const same = subscription && written(subscription.options.applicationServerKey) === told.key;
  if (state.subscribed && same) return remember(`accepted ${Date.now()}`);
  const topics = state.subscribed ? state.topics.map((topic) => topic.word) : told.topics;
  await subscribe({ key: told.key, topics, quiet: state.quiet ?? null, way: "dialog" });
}

async function show(told) {
  await style(told.style);
  const bar = element("section", { className: "push-offer", role: "dialog", tabIndex: -1 });
  bar.setAttribute("aria-labelledby", "push-offer-title");
  bar.setAttribute("aria-describedby", "push-offer-text");
  const said = element("p", { className: "push-offer-said", role: "status" });
  const accept = element("button", { type: "button", className: "push-accept", textContent: told.accept });
  const refuse = element("button", { type: "button", textContent: told.refuse });
  bar.append(
    element("div", { className: "push-offer-words" },
      element("h2", { id: "push-offer-title", textContent: told.title }),
      element("p", { id: "push-offer-text", textContent: told.text }),
      element("p", { className: "push-offer-detail" }, `${told.detail} `, element("a", { href: told.page, textContent: told.link })),
      said),
    element("p", { className: "push-offer-keys" }, accept, refuse),
  );
  const away = () => {
    bar.remove();
    document.documentElement.classList.remove("has-push-offer");
  };
  accept.addEventListener("click", async () => {
    accept.disabled = refuse.disabled = true;
    let state;
    try {
      state = await subscribe({ key: told.key, topics: told.topics, way: "dialog" });
    } catch (error) {
      state = "failed";
      said.textContent = `${told.failed} ${error.name === "Error" ? error.message : ""}`.trim();
    }
    if (state === "failed") accept.disabled = refuse.disabled = false;
    else {
      said.textContent = state === "denied" ? told.denied : told.done;
      if (state === "denied") remember("refused");
      bar.querySelector(".push-offer-keys").remove();
      setTimeout(away, 8000);
    }
  });
  refuse.addEventListener("click", () => {
    remember("refused");
    send("refuse/", {}).catch(() => {});
    away();
  });
  bar.addEventListener("keydown", (event) => event.key === "Escape" && away());
  document.addEventListener("click", (event) => event.target.closest("a[data-dialog]") && away());
  document.addEventListener("broadsheet:reader", () => document.querySelector(".reader-gate") && away());
  document.querySelector(".footer").before(bar);
  document.documentElement.classList.add("has-push-offer");
}

function style(href) {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done) => {
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  });
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// Who reads: asked only where someone is logged in from this browser, so that visitors cause no request.
const KNOWN = /(?:^|; )(?:__Host-)?broadsheet_reader=1(?:;|$)/;
let nav = null;
let links = null; // what the page itself holds, for visitors

export function knowReader(found) {
  nav = found;
  links = [...nav.childNodes];
  if (KNOWN.test(document.cookie)) ask();
  addEventListener("pageshow", (event) => event.persisted && refresh());
  document.addEventListener("click", (event) => {
    const menu = nav.querySelector("details[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
}

// After a log-in or log-out elsewhere in this browser: show what holds now.
export async function refresh() {
  if (!nav) return;
  if (KNOWN.test(document.cookie)) await ask();
  else show(null);
}

async function ask() {
  try {
    const answer = await fetch(nav.dataset.me, { headers: { Accept: "application/json" } });
    if (answer.ok) show(await answer.json());
  } catch {
    // Offline: the page is as for visitors.
  }
}

function show(me) {
  const known = Boolean(me?.reader);
  if (!known && !nav.classList.contains("is-known")) return;
  for (const old of document.querySelectorAll(".reader-gate")) old.remove();
  nav.replaceChildren(...(known ? [menu(me)] : links));
  nav.classList.toggle("is-known", known);
  if (known && me.blocked) document.querySelector(".masthead").after(blocked(me.blocked));
  if (known && me.gate) document.querySelector(".masthead").after(gate(me.gate));
  document.dispatchEvent(new CustomEvent("broadsheet:reader", { detail: me }));
}

function menu(me) {
  const box = element("details", { className: "reader-menu" });
  const face = element("summary", {}, picture(me.reader), element("bdi", { textContent: me.reader.name }));
  if (me.unread) face.append(unread(me));
  const pages = me.menu.map((entry) => {
    const link = element("a", { href: entry.path, textContent: entry.title });
    if (entry.word === "notices" && me.unread) link.append(unread(me));
    return element("li", {}, link);
  });
  box.append(face, element("ul", {}, ...pages, element("li", {}, logOut(me))));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    face.focus();
  });
  return box;
}

function picture(reader) {
  return element("img", { className: "avatar", src: reader.avatar, width: 28, height: 28, alt: "" });
}

// The number for the eye, the words for the ear.
function unread(me) {
  return element(
    "span", { className: "unread" },
    element("span", { ariaHidden: "true", textContent: me.unread > 99 ? "99+" : String(me.unread) }),
    element("span", { className: "hidden", textContent: me.unread_words }),
  );
}

function logOut(me) {
  const form = element(
    "form", { method: "post", action: me.log_out.path },
    element("input", { type: "hidden", name: "csrfmiddlewaretoken", value: me.token }),
    element("input", { type: "hidden", name: "next", value: location.pathname }),
    element("button", { type: "submit", textContent: me.log_out.title }),
  );
  // Another tab may have logged in anew since: only the token of now counts.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const now = await (await fetch(nav.dataset.me)).json();
      if (!now.reader) return show(now);
      form.elements.csrfmiddlewaretoken.value = now.token;
    } catch {
      // The form is sent as it is.
    }
    form.submit();
  });
  return form;
}

function gate(told) {
  const link = element("a", { href: told.path, textContent: told.link });
  link.dataset.dialog = "";
  return element("aside", { className: "reader-gate", ariaLabel: told.link }, element("p", { className: "wrap" }, `${told.text} `, link));
}

// Whoever is blocked learns why and for how long on every page, and where to go on.
function blocked(told) {
  const links = told.links.flatMap((entry) => [" ", element("a", { href: entry.path, textContent: entry.title })]);
  return element("aside", { className: "reader-gate", ariaLabel: told.links[0].title }, element("p", { className: "wrap" }, told.text, ...links));
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

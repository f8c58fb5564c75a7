// The place where one writes under an article. Visitors cause no request: what follows is loaded where somebody is
// logged in from this browser, or logs in on this page.
const KNOWN = /(?:^|; )(?:__Host-)?broadsheet_reader=1(?:;|$)/;
const slot = document.querySelector("[data-compose]");
let own = null;

async function begin() {
  own ??= import("./compose-own.js").then((module) => module.start(slot));
  (await own)();
}

if (slot) {
  if (KNOWN.test(document.cookie)) begin();
  document.addEventListener("broadsheet:reader", (event) => (own || event.detail?.reader) && begin());
}

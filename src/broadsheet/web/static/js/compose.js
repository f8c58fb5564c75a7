// The place where one writes under an article. Visitors cause no request: what follows is loaded where somebody is
// logged in from this browser, or logs in on this page.
const KNOWN = /(?:^|; )(?:__Host-)?broadsheet_reader=1(?:;|$)/;
const slot = document.querySelector("[data-compose]");
const begun = performance.now();
let own = null;
let heard = false;

async function begin() {
  own ??= import("./compose-own.js").then((module) => module.start(slot));
  (await own)();
}

if (slot) {
  const known = KNOWN.test(document.cookie);
  if (known) begin();
  document.addEventListener("broadsheet:reader", (event) => {
    const first = !heard && known && performance.now() - begun < 3000; // what is asked already
    heard = true;
    if (!first && (own || event.detail?.reader)) begin();
  });
}

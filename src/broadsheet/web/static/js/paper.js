// Every page: the clock, the choice of appearance, suggestions in search fields, who reads, dialogs, the radio, push.
import { startClock } from "./clock.js";
import { knowReader } from "./reader.js";
import { offerSchemes } from "./schemes.js";

offerSchemes();
for (const clock of document.querySelectorAll("[data-clock]")) startClock(clock);
for (const field of document.querySelectorAll("[data-suggest]")) {
  field.addEventListener("focus", () => import("./suggest.js").then((module) => module.suggestFor(field)), { once: true });
}
for (const nav of document.querySelectorAll("[data-reader]")) knowReader(nav);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  import("./dialog.js").then((module) => module.open(link.href)).catch(() => location.assign(link.href));
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-listen]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (beside) beside.dispatchEvent(new CustomEvent("broadsheet:listen", { detail: link.dataset.listen }));
  else import("./radio.js").then((module) => module.listen(link.dataset.listen)).catch(() => location.assign(link.href));
});
const beside = window.frameElement?.matches("[data-radio-page]") ? window.frameElement : null;
if (beside) import("./radio-page.js").then((module) => module.turn(beside));
if (history.state?.dialog) import("./dialog.js").then((module) => module.reopen());
// Push is offered where a visit has shown interest: on its second page, or after half a minute on the first; to no robot.
if ("PushManager" in window && !navigator.webdriver) {
  let pages = 1;
  try {
    pages = Number(sessionStorage.pages ?? 0) + 1;
    sessionStorage.pages = pages;
  } catch {
    // No memory is allowed: each page is the first.
  }
  setTimeout(() => import("./push.js").then((module) => module.offer()).catch(() => {}), pages > 1 ? 3000 : 30_000);
}

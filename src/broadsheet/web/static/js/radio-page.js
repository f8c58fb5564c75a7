// A page that is shown beside the radio: it tells that it is there, and what leads out of the paper leaves the frame.
const ELSEWHERE = /^\/(?:editor|mailbox)\//;

export function turn(frame) {
  frame.dispatchEvent(new Event("broadsheet:turned"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.target) return;
    const over = !parent.document.documentElement.classList.contains("has-radio");
    const away = /^https?:$/.test(link.protocol) && (link.origin !== location.origin || ELSEWHERE.test(link.pathname));
    const inside = link.dataset.dialog !== undefined || link.dataset.listen !== undefined || link.getAttribute("href").startsWith("#");
    if (away || (over && !inside)) link.target = "_top";
  }, true);
  // Forms of the ways in by other providers end at their site.
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-leave") || /\/accounts\/(?:oidc|social|facebook|apple|telegram|google)/.test(event.target.action)) {
      event.target.target = "_top";
    }
  }, true);
}

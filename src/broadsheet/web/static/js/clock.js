// The edition's clock. The page may have been stored an hour ago: it carries the zone's offsets and their changes,
// the browser says what time it is, and where the browser's clock is behind the page itself, the server is asked.
const MINUTE = 60;

export function startClock(element) {
  const spans = JSON.parse(element.dataset.spans);
  const month = new Intl.DateTimeFormat(`${element.dataset.language}-u-nu-latn`, { month: "long", timeZone: "UTC" });
  const parts = Object.fromEntries(
    ["time", "label", "day"].map((name) => [name, element.querySelector(`[data-clock-${name}]`)]),
  );
  let ahead = 0;

  const now = () => Date.now() / 1000 + ahead;
  const show = () => {
    const at = now();
    const [, minutes, label] = spans.findLast(([since]) => since <= at) ?? spans[0];
    const local = new Date((at + minutes * MINUTE) * 1000);
    const two = (number) => String(number).padStart(2, "0");
    write(parts.time, `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`);
    write(parts.label, label);
    write(parts.day, `${two(local.getUTCDate())} ${month.format(local)} ${local.getUTCFullYear()}`);
    element.querySelector("time").dateTime = new Date(at * 1000).toISOString();
    setTimeout(show, (MINUTE - (at % MINUTE)) * 1000 + 50);
  };

  document.addEventListener("broadsheet:time", (event) => {
    if (Math.abs(event.detail - now()) > 30) ahead += event.detail - now();
  });
  if (now() < Number(element.dataset.now) - 5) askServer();
  show();
}

// Tells the clock what a server's answer says of the time.
export function hearTime(response) {
  const told = Date.parse(response.headers.get("Date") ?? "");
  if (told) document.dispatchEvent(new CustomEvent("broadsheet:time", { detail: told / 1000 }));
}

async function askServer() {
  try {
    hearTime(await fetch(document.location.pathname, { method: "HEAD", cache: "no-store" }));
  } catch {
    // Offline: the browser's own clock has to do.
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

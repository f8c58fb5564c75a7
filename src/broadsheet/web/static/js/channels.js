// The second tab of a discussion, for what is said elsewhere. Nothing is asked for before the reader's click, and
// nothing is kept but the wish to be shown it at once, where the reader ticked that.
const SLACK = 4; // pixels: a frame as tall as its text has no bar to scroll it

for (const tabs of document.querySelectorAll("[data-channels]")) offer(tabs);

function offer(tabs) {
  const [own, other] = tabs.querySelectorAll("a");
  const section = tabs.closest("[data-discussion]");
  const panel = section.querySelector("[data-channel-panel]");
  const place = panel.querySelector("[data-channel]");
  const key = `broadsheet.channel.${place.dataset.host}`;
  const forget = panel.querySelector("[data-channel-forget]");
  const wish = panel.querySelector("[data-channel-remember]");
  let shown = null;

  const choose = (elsewhere) => {
    section.classList.toggle("is-elsewhere", elsewhere);
    panel.hidden = !elsewhere;
    for (const [tab, current] of [[own, !elsewhere], [other, elsewhere]]) {
      if (current) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    if (elsewhere && remembered(key)) load();
  };
  const load = () => {
    if (shown) return;
    shown = document.createElement("iframe");
    shown.src = place.dataset.channel;
    shown.title = other.textContent.trim();
    shown.addEventListener("load", grow);
    place.replaceWith(shown);
    forget.hidden = false;
    forget.querySelector("button").hidden = false;
    forget.querySelector("[role=status]").textContent = "";
  };
  // Replies are ours to measure; a page of the network is not, and scrolls.
  const grow = () => {
    const page = shown.contentDocument;
    if (!page || page.querySelector("iframe")) return;
    const fit = () => {
      shown.style.blockSize = `${page.body.scrollHeight + SLACK}px`;
    };
    panel.classList.add("is-whole");
    fit();
    new ResizeObserver(fit).observe(page.body);
  };
  own.addEventListener("click", (event) => {
    event.preventDefault();
    choose(false);
  });
  other.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    choose(true);
  });
  place.querySelector("[data-channel-always]").hidden = false;
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("[data-channel-load]") || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (wish.checked) remember(key);
    load();
    shown.focus();
  });
  forget.querySelector("button").addEventListener("click", () => {
    drop(key);
    forget.querySelector("button").hidden = true;
    shown.replaceWith(place);
    shown = null;
    wish.checked = false;
    const told = forget.querySelector("[role=status]");
    told.textContent = told.dataset.forgotten;
    place.querySelector("[data-channel-load]").focus();
  });
}

function remembered(key) {
  try {
    return localStorage.getItem(key) === "1";
  } catch {
    return false;
  }
}

function remember(key) {
  try {
    localStorage.setItem(key, "1");
  } catch {
    // Storage is refused: it is asked again.
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // There is nothing to forget.
  }
}

// What word processors put on the clipboard, made plain before the text editor reads it: no wrapper that is bold only
// in name, no styles, and headings of the two levels that an article has.

const LEVELS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
let passing = false;

function plain(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const gone of page.querySelectorAll("script, style, meta, link, title, o\\:p")) gone.remove();
  for (const mark of page.querySelectorAll("b, strong, i, em")) {
    const { fontWeight, fontStyle } = mark.style;
    const only = mark.matches("b, strong") ? /^(normal|400)$/.test(fontWeight) : fontStyle === "normal";
    if (only) mark.replaceWith(...mark.childNodes);
  }
  for (const [from, to] of Object.entries(LEVELS)) {
    for (const heading of page.querySelectorAll(from)) {
      const made = page.createElement(to);
      made.append(...heading.childNodes);
      heading.replaceWith(made);
    }
  }
  return page.body.innerHTML;
}

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (passing || !html || !event.target.closest?.("[contenteditable=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const data = new DataTransfer();
    data.setData("text/html", plain(html));
    data.setData("text/plain", event.clipboardData.getData("text/plain"));
    passing = true;
    event.target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    passing = false;
  },
  true,
);

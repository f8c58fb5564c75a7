// Suggestions as one types: a combobox after the ARIA pattern. Without it, the form simply searches.
const WAIT = 150;
let lists = 0;

export function suggestFor(field) {
  const list = document.createElement("ul");
  list.id = `suggestions-${++lists}`;
  list.className = "suggestions";
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", field.getAttribute("placeholder") || field.form.getAttribute("aria-label") || "");
  field.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);

  let found = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  const close = () => {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = index;
    for (const [at, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(at === index));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  };
  const show = () => {
    list.replaceChildren(...found.map((one, at) => item(one, `${list.id}-${at}`)));
    if (!found.length) return close();
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(-1);
  };
  const ask = async () => {
    asking?.abort();
    const words = field.value.trim();
    if (words.length < 2) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asking.signal });
      found = answer.ok ? (await answer.json()).suggestions : [];
      show();
    } catch {
      // Overtaken by the next letter, or offline.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      event.preventDefault();
      if (list.hidden) show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(((active + step + 1 + found.length + 1) % (found.length + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      lead(field, found[active].path);
    }
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = [...list.children].indexOf(event.target.closest("li"));
    if (at >= 0) lead(field, found[at].path);
  });
}

// As a link that was clicked: where the radio plays, it goes on.
function lead(field, path) {
  const link = Object.assign(document.createElement("a"), { href: path });
  field.after(link);
  link.click();
  link.remove();
}

function item(one, id) {
  const line = document.createElement("li");
  line.id = id;
  line.role = "option";
  const text = document.createElement("bdi");
  text.textContent = one.text;
  const kind = document.createElement("small");
  kind.textContent = one.kind;
  line.append(text, kind);
  return line;
}

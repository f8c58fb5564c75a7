// Light or dark, where the reader wants it other than the device: kept on this device, and only after a choice.
const KEY = "broadsheet.scheme";
const root = document.documentElement;

function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "auto";
  } catch {
    return "auto";
  }
}

function apply(scheme) {
  if (scheme === "auto") delete root.dataset.scheme;
  else root.dataset.scheme = scheme;
}

export function offerSchemes() {
  apply(chosen());
  const box = document.querySelector("[data-schemes]");
  if (!box) return;
  box.hidden = false;
  for (const radio of box.querySelectorAll("input")) {
    radio.checked = radio.value === chosen();
    radio.addEventListener("change", () => {
      apply(radio.value);
      try {
        if (radio.value === "auto") localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, radio.value);
      } catch {
        // Storage is refused: the choice holds for this page.
      }
    });
  }
}

// What fields of accounts do beyond HTML, on pages and in dialogs: a password can be looked at, errors are gone to.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("dialog[open] [data-account-content], main[data-account-content]");
  if (place) told(place).textContent = place.dataset.passkeyFailed;
});

export function enhance(root) {
  for (const button of root.querySelectorAll("[data-reveal]")) reveal(root, button);
  root.querySelector("[data-errors]")?.focus();
}

function reveal(root, button) {
  const field = root.querySelector(`#${CSS.escape(button.dataset.reveal)}`);
  if (!field) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
  });
  // What is sent is a password again: browsers keep what was typed into plain text.
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}

function told(place) {
  const line = place.querySelector(".is-passkey") ?? document.createElement("p");
  line.className = "account-errors is-passkey";
  line.setAttribute("role", "alert");
  place.querySelector("h1").after(line);
  return line;
}

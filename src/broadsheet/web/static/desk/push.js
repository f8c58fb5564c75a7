// A push as phones will show it, while it is written, and how many characters they show.
const form = document.querySelector("[data-push-form]");
const mocks = document.querySelector(".push-mocks");
if (form && mocks) {
  for (const name of ["title", "text"]) follow(form.querySelector(`[data-push-${name}]`), name);
  const picture = form.querySelector("[data-push-picture]");
  const show = () => {
    for (const each of mocks.querySelectorAll("[data-mock-picture]")) each.hidden = !picture?.checked;
  };
  picture?.addEventListener("change", show);
  show();
  form.addEventListener("submit", () => {
    for (const key of form.querySelectorAll("[type=submit]")) setTimeout(() => { key.disabled = true; });
  });
}

function follow(field, name) {
  const shown = Number(mocks.dataset[`${name}Shown`]);
  const count = Object.assign(document.createElement("p"), { className: "push-count" });
  field.after(count);
  const draw = () => {
    const text = field.value.trim().replaceAll(/\s+/g, " ");
    const length = [...text].length;
    for (const place of mocks.querySelectorAll(`[data-mock="${name}"]`)) place.textContent = text;
    count.textContent = mocks.dataset.counted.replace("%(count)s", length).replace("%(shown)s", shown);
    count.classList.toggle("is-over", length > shown);
  };
  field.addEventListener("input", draw);
  draw();
}

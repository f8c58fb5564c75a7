// Copies what an element says. Without it, or where the browser doesn't allow it, the text can be selected by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) return;
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    button.parentElement.querySelector("[data-copied]").textContent = button.dataset.done;
  } catch {
    getSelection().selectAllChildren(source);
  }
});
const show = () => {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
};
show();
new MutationObserver(show).observe(document.body, { childList: true, subtree: true }); // pages shown in a dialog come later

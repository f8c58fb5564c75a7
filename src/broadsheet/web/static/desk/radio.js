// Tries the address of a stream as it is written in the form, saved or not.
for (const box of document.querySelectorAll("[data-radio-try]")) {
  const told = box.querySelector("[role=status]");
  const tell = (sentence, plays) => {
    told.textContent = sentence;
    told.className = plays === undefined ? "" : `help-block ${plays ? "help-info" : "help-critical"}`;
  };
  box.querySelector("button").addEventListener("click", async () => {
    const form = box.closest("form");
    tell(told.dataset.waits);
    try {
      const answer = await fetch(box.dataset.radioTry, {
        method: "POST",
        body: new URLSearchParams({ address: form.elements.address.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value }),
      });
      if (!answer.ok) throw new Error(answer.status);
      const { sentence, plays } = await answer.json();
      tell(sentence, plays);
    } catch {
      tell(told.dataset.fails, false);
    }
  });
}
